import { describe, expect, it } from 'vitest';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { feedsOf, ruleSetSchema } from '#shared/domain/eligibility/rule-set.ts';
import { ruleSetOn, ruleSets } from '#shared/domain/eligibility/rule-set-on.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import { completedTerms } from '#shared/domain/eligibility/term-calendar.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import { aChild, determine } from './builders.ts';
import { describeFact } from '#shared/domain/eligibility/describe-fact.ts';

describe('The rule set of a day', () => {
  it.each([
    ['2012-03-31', undefined],
    ['2012-04-01', 'troubled-families-phase-1'],
    ['2015-03-31', 'troubled-families-phase-1'],
    ['2015-04-01', 'troubled-families-expanded'],
    ['2021-03-31', 'troubled-families-expanded'],
    ['2021-04-01', 'supporting-families-six-headings'],
    ['2022-10-02', 'supporting-families-six-headings'],
    // The national programme moved on; the council has kept these headings, and the data say so.
    ['2022-10-03', 'supporting-families-six-headings'],
    ['2026-11-23', 'supporting-families-six-headings'],
  ])('on %s is %s', (day, id) => {
    expect(ruleSetOn(day)?.id).toBe(id);
  });

  it('has the criteria that are in force on the day, from the first day to before the last', () => {
    const [first, ...others] = knowsleySixHeadings.criteria;
    if (!first) throw new Error('no criterion');
    const dated = {
      ...knowsleySixHeadings,
      criteria: [{ ...first, effectiveFrom: '2024-01-01', effectiveTo: '2025-01-01' }, ...others],
    };
    const has = (asAt: string) =>
      determine([aChild()], { asAt, ruleSet: dated }).criteria.some(({ criterionId }) => criterionId === first.id);
    expect(['2023-12-31', '2024-01-01', '2024-12-31', '2025-01-01'].map(has)).toEqual([false, true, true, false]);
  });

  it('is one at most: no two periods overlap', () => {
    for (const [index, { period }] of ruleSets.entries()) {
      const next = ruleSets[index + 1]?.period;
      if (next) expect(period.effectiveTo !== undefined && period.effectiveTo <= next.effectiveFrom).toBe(true);
    }
  });
});

describe('The six headings', () => {
  const { criteria, headings, entry, notAsked, period, daysBehindAllowed } = knowsleySixHeadings;

  it('are those of the council’s page, two or more of them needed', () => {
    expect(headings.map(({ id }) => id)).toEqual(['H1', 'H2', 'H3', 'H4', 'H5', 'H6']);
    expect(entry).toMatchObject({ count: 'headings', atLeast: 2, citation: { confidence: 'confirmed' } });
  });

  it('each have a criterion that a feed answers and one that a professional can', () => {
    for (const { id } of headings) {
      const own = criteria.filter(({ heading }) => heading === id);
      expect(own.some((criterion) => !feedsOf(criterion).includes('professional-referral'))).toBe(true);
      expect(own.some((criterion) => feedsOf(criterion).includes('professional-referral'))).toBe(true);
    }
  });

  it('are asked of feeds that say themselves that they answer the heading', () => {
    for (const criterion of criteria) {
      for (const feed of feedsOf(criterion)) expect(feeds[feed].headings, `${criterion.id} of ${feed}`).toContain(criterion.heading);
    }
  });

  it('have, for every feed asked whose files come late, the days it may be behind', () => {
    for (const { feeds: asked, silence } of criteria.flatMap(({ ways }) => ways)) {
      if (silence.means !== 'kept-here') for (const feed of asked) expect(daysBehindAllowed.days[feed]).toBeGreaterThan(0);
    }
  });

  it('say of every criterion where it is from and how sure that is; what is unconfirmed says so', () => {
    const ofHeading = (heading: string) =>
      new Set(criteria.filter((each) => each.heading === heading).map(({ citation }) => citation.confidence));
    expect(criteria.every(({ citation }) => citation.source.length > 10)).toBe(true);
    expect(ofHeading('H6')).toEqual(new Set(['unconfirmed', 'local']));
    expect(period.citation.confidence).toBe('local');
    expect(period.effectiveTo).toBeUndefined();
  });

  it('name the criteria of the plan that nobody can answer yet', () => {
    expect(notAsked.map(({ id }) => id)).toEqual([
      'P2.H1.3',
      'P2.H1.4',
      'P2.H1.6',
      'P2.H2.4',
      'P2.H2.5',
      'P2.H3.4',
      'P2.H4.2',
      'P2.H6.1-child',
    ]);
  });

  it('speak to people: questions are questions, answers are sentences', () => {
    for (const { question, says } of criteria) {
      expect(question).toMatch(/^[A-Z].*\?$/);
      for (const sentence of Object.values(says)) expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('Rule data that are wrong', () => {
  it('are refused: a heading that is not there, one id twice, a feed that is none', () => {
    const [first] = knowsleySixHeadings.criteria;
    const refused = (change: object) => ruleSetSchema.safeParse({ ...knowsleySixHeadings, ...change }).success;
    expect(refused({ criteria: [{ ...first, heading: 'H7' }] })).toBe(false);
    expect(refused({ criteria: [first, first] })).toBe(false);
    expect(refused({ criteria: [{ ...first, ways: [{ ...first?.ways[0], feeds: ['gossip'] }] }] })).toBe(false);
    expect(refused({})).toBe(true);
  });
});

describe('Completed terms', () => {
  it.each([
    ['2026-11-23', ['2025 autumn', '2025 spring', '2025 summer']],
    ['2026-07-30', ['2024 summer', '2025 autumn', '2025 spring']],
    ['2026-07-31', ['2025 autumn', '2025 spring', '2025 summer']],
    ['2027-01-01', ['2025 spring', '2025 summer', '2026 autumn']],
  ])('by the end of %s', (day, terms) => {
    expect(completedTerms(usualTerms, day, 3).map(({ schoolYear, term }) => `${String(schoolYear)} ${term}`)).toEqual(terms);
  });
});

describe('A fact in words', () => {
  it.each([
    [
      {
        kind: 'school-attendance',
        from: '2026-01-01',
        academicYear: '2025/26',
        term: 'spring',
        sessionsPossible: 120,
        sessionsAuthorised: 3,
        sessionsUnauthorised: 1,
      },
      '1 session of 120 missed without permission in the spring term 2025/26',
    ],
    [{ kind: 'exclusion', from: '2026-03-03', category: 'permanent', sessions: 0 }, 'Permanently excluded on 3 March 2026'],
    [
      {
        kind: 'police-incident',
        from: '2026-03-03',
        role: 'suspect',
        antisocialBehaviour: true,
        domesticAbuse: false,
        childPresent: false,
      },
      'Police antisocial behaviour incident on 3 March 2026, as suspect',
    ],
    [{ kind: 'rent-arrears', from: '2026-03-03', noticeServed: true }, 'Behind with the rent since 3 March 2026, notice served'],
    [{ kind: 'child-in-need', from: '2026-03-03', to: '2026-06-01' }, 'Child in need from 3 March 2026 until before 1 June 2026'],
    [
      { kind: 'domestic-abuse', from: '2026-03-03', role: 'child-affected', repeat: true },
      'Child affected by domestic abuse, recorded on 3 March 2026, repeat case',
    ],
  ] as const)('%j', (fact, words) => {
    expect(describeFact(fact)).toBe(words);
  });
});

describe('A rule that could not be worked out', () => {
  const [first] = knowsleySixHeadings.criteria;
  const [way] = first?.ways ?? [];
  const withWay = (change: object) => ({
    ...knowsleySixHeadings,
    criteria: [{ ...first, ways: [{ ...way, ...change }] }, ...knowsleySixHeadings.criteria.slice(1)],
  });

  it.each([
    ['looks back longer than anything is kept', { lookBack: { unit: 'months', count: 301 } }, false],
    ['looks back as long as anything is kept', { lookBack: { unit: 'months', count: 300 } }, true],
    ['asks of people between nine and three', { ages: { from: 9, below: 3 } }, false],
    ['asks of people between three and nine', { ages: { from: 3, below: 9 } }, true],
    ['asks of nobody', { ages: { from: 9, below: 9 } }, false],
  ])('is none of a rule set: it %s', (_, change, isOne) => {
    expect(ruleSetSchema.safeParse(withWay(change)).success).toBe(isOne);
  });
});

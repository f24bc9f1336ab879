import { describe, expect, it } from 'vitest';
import { ruleSetSchema } from '#shared/domain/eligibility/rule-set.ts';
import { supportingFamiliesTenHeadings } from '#shared/domain/eligibility/rule-sets/supporting-families-ten-headings.ts';
import { troubledFamiliesPhase1 } from '#shared/domain/eligibility/rule-sets/troubled-families-phase-1.ts';
import {
  aChild,
  aParent,
  aRecord,
  askedAboutBenefits,
  attendance,
  benefit,
  criterion,
  determine,
  everythingCovered,
  inNeed,
  offence,
  suspension,
} from './builders.ts';

const tenHeadings = ruleSetSchema.parse({
  ...supportingFamiliesTenHeadings,
  period: { ...supportingFamiliesTenHeadings.period, effectiveTo: undefined },
});
const byTenHeadings = (...members: Parameters<typeof determine>[0]) => determine(members, { ruleSet: tenHeadings });

describe('Data that cannot be', () => {
  it('a row from before the birth is in doubt, and the partner is to be asked', () => {
    const baby = aChild([aRecord('dwp-benefits', [benefit('2026-02-28')])], { birthDate: '2026-03-01' });
    const result = criterion(determine([baby, aParent([askedAboutBenefits()])]), 'P2.H4.1');
    expect(result).toMatchObject({
      value: 'unknown',
      evidenceCount: 1,
      missing: [
        {
          reason: 'before-birth',
          feed: 'dwp-benefits',
          personId: 'child',
          says: 'A row about this person is of a day before their date of birth: one of the two is wrong. Ask the partner.',
        },
      ],
      wouldChange: 'A corrected date from the partner: of the row, or of the person’s birth.',
    });
  });

  it('a plan from before the birth is not: it can be for an unborn child', () => {
    const baby = aChild([aRecord('childrens-social-care', [inNeed('2026-02-28')])], { birthDate: '2026-03-01' });
    expect(criterion(determine([baby]), 'P2.H3.2').value).toBe('met');
  });

  it.each([
    ['an end before the beginning', inNeed('2026-11-23', '2026-11-20'), 'A row about this person ends before it begins. Ask the partner.'],
    ['a day that does not exist', inNeed('2026-02-30'), 'A row about this person has a date that does not exist. Ask the partner.'],
  ])('%s is in doubt', (_, fact, says) => {
    const result = criterion(determine([aChild([aRecord('childrens-social-care', [fact])])]), 'P2.H3.2');
    expect(result).toMatchObject({
      value: 'unknown',
      missing: [{ reason: 'dates-impossible', says }],
      wouldChange: 'A corrected date from the partner.',
    });
  });

  const year = (autumn: readonly [number, number], ...more: ReturnType<typeof attendance>[]) =>
    aChild([
      aRecord('school-attendance', [attendance('autumn', ...autumn), attendance('spring', 0, 120), attendance('summer', 0, 120), ...more]),
    ]);

  it.each([
    ['more missed than possible', year([121, 120])],
    ['a negative number', year([-1, 120])],
    ['half a session', year([0.5, 120])],
    // 22, 23, 20 and 23 weekdays from September to December 2025: 176 sessions.
    ['two schools at once: more sessions than the term has', year([0, 120], attendance('autumn', 0, 57))],
  ])('%s leaves the term open', (_, child) => {
    expect(criterion(determine([child]), 'P2.H2.1')).toMatchObject({
      value: 'unknown',
      missing: [
        {
          reason: 'figures-contradict',
          says: 'The attendance figures of this person for the autumn term 2025/26 contradict each other. Ask the school.',
        },
      ],
      wouldChange: 'Corrected attendance figures from the school.',
    });
  });

  it('two schools one after the other in a term do not', () => {
    expect(criterion(determine([year([0, 120], attendance('autumn', 0, 56))]), 'P2.H2.1').value).toBe('not-met');
  });
});

describe('What is known of an age', () => {
  it('only roughly, leaves open what hangs on it and nothing else', () => {
    const child = (birthDate: string) =>
      criterion(
        determine([aChild([aRecord('childrens-social-care', [inNeed('2026-01-01')])], { birthDate, birthDateEstimated: true })]),
        'P2.H3.2',
      );
    // Today 14, 15 or 16; and 17, 18 or 19.
    expect(child('2011-06-01').value).toBe('met');
    expect(child('2008-06-01')).toMatchObject({
      value: 'unknown',
      missing: [{ reason: 'birth-date-unknown', says: 'We know only roughly how old this person is.' }],
      wouldChange: 'The person’s date of birth, from any partner.',
    });
  });
});

describe('Files about some ages only', () => {
  const coverage = (below: number) =>
    everythingCovered.map((each) => (each.feed === 'suspensions' ? { ...each, cohort: { from: 4, below } } : each));

  it('cover the children of those ages and no others', () => {
    const child = (below: number) => criterion(determine([aChild()], { coverage: coverage(below) }), 'P2.H2.3');
    expect(child(13).value).toBe('not-met');
    expect(child(12)).toMatchObject({ value: 'not-covered', missing: [{ says: 'No file of suspensions and exclusions has come.' }] });
  });
});

describe('By the ten headings', () => {
  it('what no file shows is covered by an assessment or a nomination only', () => {
    const conflict = criterion(byTenHeadings(aChild(), aParent()), 'SF.5.2');
    expect(conflict).toMatchObject({
      value: 'not-covered',
      missing: [{ reason: 'no-assessment', says: 'No whole-family assessment has looked for it, and no professional has named it.' }],
      wouldChange: 'A whole-family assessment, or a nomination by a professional.',
    });
  });

  it('a need shows in one way or another, and its rows are listed once', () => {
    const child = aChild([
      ...['2025-10-01', '2026-02-01', '2026-05-01'].map((day) => aRecord('suspensions', [suspension(day)])),
      aRecord('suspensions', [{ ...suspension('2026-06-01'), kind: 'exclusion', category: 'permanent', sessions: 0 }]),
      aRecord('professional-referral', [{ kind: 'nominated-need', from: '2026-07-01', heading: 'SF.1.3', note: true }]),
    ]);
    const result = criterion(byTenHeadings(child), 'SF.1.3');
    expect(result).toMatchObject({
      value: 'met',
      says: 'A child in this family was suspended three times or more, or permanently excluded, in the last three completed terms.',
      evidenceCount: 5,
      citation: { confidence: 'unconfirmed' },
    });
    expect(result.evidence.map(({ says }) => says)).toEqual([
      'Nominated by a professional on 1 July 2026',
      'Permanently excluded on 1 June 2026',
      'Suspended on 1 May 2026 (4 sessions)',
      'Suspended on 1 February 2026 (4 sessions)',
      'Suspended on 1 October 2025 (4 sessions)',
    ]);
  });

  it('an expectant parent is enough, and a pregnancy last heard of long ago is not known', () => {
    const mother = (periodEnd: string) =>
      byTenHeadings(
        aParent([aRecord('health-visiting', [{ kind: 'expecting-a-child', from: '2026-01-20' }], { periodEnd, agency: 'another' })]),
      ).dependentChild;
    expect(mother('2026-10-31')).toMatchObject({ value: 'met', says: 'A dependent child lives or is expected in this family.' });
    expect(mother('2026-02-28')).toMatchObject({
      value: 'unknown',
      missing: [{ reason: 'pregnancy-uncertain', says: 'We do not know whether this person is still expecting a child.' }],
    });
  });

  it('the sentence counts needs', () => {
    expect(byTenHeadings(aChild([aRecord('childrens-social-care', [inNeed('2026-01-01')])])).says).toBe(
      'Cannot tell: 1 of the 35 needs is met; the programme asks for 3 or more. What is missing could still decide it.',
    );
  });
});

describe('In phase 1', () => {
  const phaseOne = (...facts: Parameters<typeof aRecord>[]) =>
    determine(
      [
        aChild(
          facts.map((each) => aRecord(...each)),
          { birthDate: '2001-05-05' },
        ),
        aParent([aRecord('dwp-benefits', [benefit('2013-01-01')])]),
      ],
      {
        asAt: '2014-03-01',
        ruleSet: troubledFamiliesPhase1,
        coverage: everythingCovered.map((each) => ({ ...each, from: '2011-01-01', to: '2014-03-02' })),
      },
    );

  it('two of three and a local reason are enough, and the sentence says that the reason is to be written down', () => {
    const result = phaseOne(['youth-justice', [offence('2013-12-01')]], ['childrens-social-care', [inNeed('2013-12-01')]]);
    expect(result).toMatchObject({ outcome: 'eligible', headingsMet: ['A', 'C', 'D'], needed: { count: 3, of: 'headings' } });
    expect(result.says).toBe(
      'Eligible: 3 of the 4 headings are met; the programme asks for A, B, C, or for 2 of them and a local reason that is written down, and a dependent child lives in the family.',
    );
  });

  it('two of three alone are not known to be enough while school is not', () => {
    expect(phaseOne(['youth-justice', [offence('2013-12-01')]]).outcome).toBe('cannot-tell');
  });
});

describe('What would change an answer', () => {
  const suspended = (...days: string[]) => aChild(days.map((day) => aRecord('suspensions', [suspension(day)])));

  it.each([
    ['all in the last of the terms', ['2026-07-01', '2026-07-02', '2026-07-03'], 'three more terms are'],
    ['the first in the middle one', ['2026-02-02', '2026-07-02', '2026-07-03'], 'two more terms are'],
    ['the first in the oldest', ['2025-10-01', '2026-07-02', '2026-07-03'], 'one more term is'],
    ['one more than needed', ['2025-10-01', '2026-02-02', '2026-07-02', '2026-07-03'], 'two more terms are'],
  ])('three suspensions, %s', (_, days, terms) => {
    expect(criterion(determine([suspended(...days), aParent()]), 'P2.H2.2')).toMatchObject({
      value: 'met',
      wouldChange: `Time: without newer evidence it stops counting when ${terms} over.`,
    });
  });

  it('nobody of the age: somebody of that age, not a row about those there are', () => {
    const twins = determine([aChild([], { birthDate: '2019-01-01' }), aParent()]);
    expect(criterion(twins, 'P2.H6.3')).toMatchObject({
      value: 'not-met',
      says: 'Health visiting has found no concern about a child under five in this family in the last 12 months. Nobody known in this family is of the age that this is about.',
      wouldChange: 'Somebody of that age joining the family, or a corrected date of birth.',
    });
  });

  it('figures of all terms that show no need: those of coming terms', () => {
    const child = aChild([
      aRecord('school-attendance', [attendance('autumn', 0, 120), attendance('spring', 0, 120), attendance('summer', 0, 120)]),
    ]);
    expect(criterion(determine([child, aParent()]), 'P2.H2.1')).toMatchObject({
      value: 'not-met',
      wouldChange: 'The figures of coming terms, or corrected ones from the school.',
    });
  });
});

describe('A household of which no adult is known', () => {
  it('leaves open what is asked about adults, and says so', () => {
    const determination = determine([aChild()]);
    for (const id of ['P2.H4.1', 'P2.H4.3-rent'])
      expect(criterion(determination, id)).toMatchObject({
        value: 'unknown',
        missing: [{ reason: 'no-adult-known', says: 'We know of no adult who lives with this family: nobody could be looked up.' }],
        wouldChange: 'A row that shows which adult lives with the children.',
      });
    expect(determination.outcome).toBe('cannot-tell');
  });

  it.each([
    ['a parent of seventeen is one who looks after a child', aParent([], { birthDate: '2009-06-01' }), 'not-met'],
    ['somebody whose age nobody knows may be one', aChild([], { personId: 'other', birthDate: undefined }), 'not-met'],
    ['an adult who lives elsewhere is not', aParent([], { lives: 'elsewhere' }), 'unknown'],
  ] as const)('%s', (_, other, value) => {
    expect(criterion(determine([aChild(), other]), 'P2.H4.3-rent').value).toBe(value);
  });
});

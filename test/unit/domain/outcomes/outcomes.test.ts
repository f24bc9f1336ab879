import { describe, expect, it } from 'vitest';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import { regressionsSince } from '#shared/domain/outcomes/read-outcome.ts';
import { readClock, sustainWindow } from '#shared/domain/outcomes/sustain-clock.ts';
import { weeksInWork } from '#shared/domain/outcomes/weeks-in-work.ts';
import { aChild, aParent, aRecord, benefit, everythingCovered, inNeed, offence } from '../eligibility/builders.ts';

describe('The time for which an outcome must last', () => {
  it.each([
    ['six months', '2026-02-01', { unit: 'months', count: 6 }, '2026-08-01'],
    ['six months from the end of August', '2025-08-31', { unit: 'months', count: 6 }, '2026-02-28'],
    ['six months to a leap day', '2023-08-29', { unit: 'months', count: 6 }, '2024-02-29'],
    ['26 weeks', '2026-01-01', { unit: 'weeks', count: 26 }, '2026-07-02'],
    ['three whole terms from their first day', '2025-09-01', { unit: 'terms', count: 3 }, '2026-08-01'],
    ['three whole terms from a day inside one', '2025-09-02', { unit: 'terms', count: 3 }, '2027-01-01'],
  ] as const)('%s', (_, from, sustain, to) => {
    expect(sustainWindow(from, sustain, usualTerms)).toMatchObject({ from, to });
  });

  it('is complete on the first day after it, and says until when it runs', () => {
    const clock = (today: string) => readClock({ from: '2026-02-01' }, { unit: 'months', count: 6 }, usualTerms, today);
    expect(clock('2026-07-31')).toMatchObject({ is: 'running', endsOn: '2026-08-01' });
    expect(clock('2026-08-01')).toMatchObject({ is: 'complete' });
    expect(readClock({ waitsFor: 'closure' }, { unit: 'months', count: 6 }, usualTerms, '2026-08-01')).toEqual({
      is: 'not-started',
      waitsFor: 'closure',
    });
    expect(readClock({ from: '2039-01-01' }, { unit: 'terms', count: 9 }, usualTerms, '2040-01-01')).toEqual({ is: 'calendar-too-short' });
  });
});

describe('Weeks in work', () => {
  const weeks = (...facts: Parameters<typeof aRecord>[1][]) =>
    weeksInWork(aParent(facts.map((each) => aRecord('dwp-benefits', each))), 30, '2026-11-23');
  // 30 weeks before 23 November 2026 is 27 April 2026.
  it.each([
    ['all of them', weeks([{ kind: 'employment', from: '2026-04-27' }]), 30],
    ['a day short of all', weeks([{ kind: 'employment', from: '2026-04-28' }]), 29],
    ['none that a row speaks of', weeks([]), 0],
    ['not those on a benefit as well', weeks([{ kind: 'employment', from: '2026-01-01' }], [benefit('2026-01-01', '2026-05-04')]), 29],
    [
      'two jobs, one after the other',
      weeks([{ kind: 'employment', from: '2026-04-27', to: '2026-08-05' }], [{ kind: 'employment', from: '2026-08-05' }]),
      30,
    ],
    [
      'a day between two jobs costs its week',
      weeks([{ kind: 'employment', from: '2026-04-27', to: '2026-08-05' }], [{ kind: 'employment', from: '2026-08-06' }]),
      29,
    ],
  ])('%s', (_, counted, expected) => {
    expect(counted).toBe(expected);
  });
});

describe('Needs that come back', () => {
  it('are those with an event or a plan that began since', () => {
    const basis = {
      family: {
        asAt: '2026-11-23',
        members: [aChild([aRecord('childrens-social-care', [inNeed('2025-01-01')]), aRecord('youth-justice', [offence('2026-09-01')])])],
      },
      coverage: everythingCovered,
      ruleSet: knowsleySixHeadings,
      termCalendar: usualTerms,
    };
    const since = (day: string) => regressionsSince(basis, ['P2.H3.2', 'P2.H1.1'], day);
    expect(since('2026-09-01')).toEqual([{ criterionId: 'P2.H1.1', events: ['Proven offence on 1 September 2026'] }]);
    expect(since('2026-09-02')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { countInFamily } from '#shared/domain/eligibility/count-of.ts';
import { findFacts } from '#shared/domain/eligibility/find-facts.ts';
import { prepareRules } from '#shared/domain/eligibility/prepare-rules.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import { aChild, aRecord, everythingCovered, offence, today } from './builders.ts';

describe('What is counted in a family', () => {
  const one = aChild([
    aRecord('youth-justice', [offence('2026-05-01')]),
    aRecord('youth-justice', [offence('2026-05-01')], { agency: 'police' }),
    aRecord('youth-justice', [offence('2026-06-01')]),
  ]);
  const other = aChild([aRecord('youth-justice', [offence('2026-05-01')])], { personId: 'sibling' });
  const rules = prepareRules({
    asAt: today,
    coverage: everythingCovered,
    ruleSet: { ...knowsleySixHeadings, criteria: knowsleySixHeadings.criteria.filter(({ id }) => id === 'P2.H1.1') },
    termCalendar: usualTerms,
  });
  const found = findFacts({ asAt: today, members: [one, other] }, rules).found.flatMap((each) => each ?? []);

  it.each([
    ['facts', 'person', 4],
    ['facts', 'family', 4],
    // The day that two agencies report once, the other one, and the sibling's own.
    ['days', 'person', 3],
    ['days', 'family', 2],
  ] as const)('%s of each %s', (of, per, expected) => {
    expect(countInFamily(found, { of, per })).toBe(expected);
  });
});

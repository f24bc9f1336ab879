import { describe, expect, it } from 'vitest';
import {
  criteriaBeyondStandard,
  limitDetermination,
  packDetermination,
  packedDeterminationSchema,
  seenDeterminationSchema,
  unpackDetermination,
} from '#shared/domain/access/limited-determination.ts';
import type { CriterionResult, Determination } from '#shared/domain/eligibility/determination.ts';
import { ruleSetOn } from '#shared/domain/eligibility/rule-set-on.ts';

const citation = { source: 'A plan', confidence: 'local' } as const;
const evidence = (row: number, over: Partial<CriterionResult['evidence'][number]> = {}) => ({
  personId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  feed: 'police-incidents' as const,
  agency: 'police',
  uploadId: '01BX5ZZKBKACTAV9WEVGEMMVRZ',
  row,
  accessClass: 'standard' as const,
  from: '2026-08-01',
  says: 'Police domestic abuse incident on 1 August 2026, as victim',
  ...over,
});
const aCriterion = (
  criterionId: string,
  heading: string,
  value: CriterionResult['value'],
  over: Partial<CriterionResult> = {},
): CriterionResult => ({
  criterionId,
  heading,
  question: `Is it ${criterionId}?`,
  value,
  valueInHousehold: value,
  says: `It is ${value}.`,
  evidence: [],
  evidenceCount: 0,
  missing: value === 'met' ? [] : [{ reason: 'no-file', says: 'No file has come.' }],
  wouldChange: 'A file that fills the gap.',
  citation,
  ...over,
});
const aDetermination = (criteria: CriterionResult[], over: Partial<Determination> = {}): Determination => {
  const isMet = (heading: string) => criteria.some((each) => each.heading === heading && each.value === 'met');
  const headings = [...new Set(criteria.map(({ heading }) => heading))];
  return {
    ruleSet: { id: 'a-plan', version: '1', title: 'A plan' },
    asAt: '2026-11-23',
    outcome: 'not-eligible',
    says: 'Not eligible.',
    criteriaMet: { met: criteria.filter(({ value }) => value === 'met').length, of: criteria.length },
    headingsMet: headings.filter(isMet),
    needed: { count: 2, of: 'headings' },
    dependentChild: {
      value: 'met',
      says: 'A dependent child lives in this family.',
      personIds: ['01ARZ3NDEKTSV4RRFFQ69G5FAV'],
      missing: [],
    },
    headings: headings.map((heading) => ({
      heading,
      title: heading,
      value: isMet(heading) ? 'met' : 'not-met',
      onlyThroughParentElsewhere: false,
    })),
    criteria,
    changesOn: '2027-08-01',
    ...over,
  };
};

const beyond = new Set(['H4.1', 'H5.1', 'H5.2']);
const schoolMissing = aCriterion('H2.1', 'H2', 'unknown');
const notOnBenefit = aCriterion('H4.1', 'H4', 'not-covered');
const victim = aCriterion('H5.1', 'H5', 'met', {
  evidence: [evidence(3)],
  evidenceCount: 1,
  wouldChange: 'Time: it stops counting after 31 July 2027.',
});
const perpetrator = aCriterion('H5.2', 'H5', 'not-met');
const byStandard = aDetermination([schoolMissing, notOnBenefit, victim, perpetrator]);

describe('An answer for a reader of standard records', () => {
  const seen = limitDetermination(byStandard, beyond);

  it('is not shown where other files could answer and standard rows do not, whatever standard files say', () => {
    expect(seen.criteria.map(({ criterionId, value }) => [criterionId, value])).toEqual([
      ['H2.1', 'unknown'],
      ['H4.1', 'not-shown'],
      ['H5.1', 'met'],
      ['H5.2', 'not-shown'],
    ]);
    expect(seen.criteria[1]).toEqual({
      criterionId: 'H4.1',
      heading: 'H4',
      question: 'Is it H4.1?',
      citation,
      value: 'not-shown',
      valueInHousehold: 'not-shown',
      says: 'Not shown to your role. Ask the programme team if you need it for your work with this family.',
      evidence: [],
      evidenceCount: 0,
      missing: [],
      wouldChange: 'Not shown to your role.',
    });
    expect(seen.headings.map(({ heading, value }) => [heading, value])).toEqual([
      ['H2', 'not-met'],
      ['H4', 'not-shown'],
      ['H5', 'met'],
    ]);
    expect(seen.criteriaMet).toEqual({ met: 1, of: 4, notShown: 2 });
  });

  it('shows what standard rows meet with these rows, and not until when or when the answer changes', () => {
    expect(seen.criteria[2]).toMatchObject({ value: 'met', evidence: [{ row: 3 }], wouldChange: 'Not shown to your role.' });
    expect(seen).not.toHaveProperty('changesOn');
  });

  it('is eligible where standard rows make it so, and else never says that it is not', () => {
    expect(seen).toMatchObject({
      outcome: 'not-shown',
      says: 'Not shown to your role. By what you may see, 1 of the 3 headings is met; other files could add to it. Ask the programme team if you need it for your work with this family.',
    });
    expect(limitDetermination({ ...byStandard, outcome: 'cannot-tell' }, beyond).outcome).toBe('not-shown');
    expect(limitDetermination({ ...byStandard, outcome: 'eligible', says: 'Eligible.' }, beyond)).toMatchObject({
      outcome: 'eligible',
      says: 'Eligible.',
    });
  });

  it('says of a dependent child that there is one, and never that there is none', () => {
    expect(seen.dependentChild).toEqual(byStandard.dependentChild);
    for (const value of ['not-met', 'unknown'] as const) {
      const missing = [{ reason: 'birth-date-unknown' as const, says: 'We do not know.' }];
      expect(
        limitDetermination({ ...byStandard, dependentChild: { value, says: '…', personIds: [], missing } }, beyond).dependentChild,
      ).toMatchObject({
        value: 'not-shown',
        personIds: [],
        missing: [],
      });
    }
  });
});

describe('A limited determination that is kept', () => {
  const seen = limitDetermination(byStandard, beyond);
  // All records: another row for the same need, and benefits besides.
  const whole = aDetermination([
    schoolMissing,
    aCriterion('H4.1', 'H4', 'met', {
      evidence: [evidence(9, { feed: 'dwp-benefits', accessClass: 'benefits', agency: 'jobcentre' })],
      evidenceCount: 1,
    }),
    { ...victim, evidence: [evidence(3), evidence(8, { accessClass: 'protected', agency: 'marac' })], evidenceCount: 2 },
    aCriterion('H5.2', 'H5', 'met'),
  ]);

  it.each([
    ['beside the whole one', whole],
    ['alone', undefined],
  ])('%s comes back as it was, through the store', (_, base) => {
    const kept = packedDeterminationSchema.parse(JSON.parse(JSON.stringify(packDetermination(seen, base))));
    expect(unpackDetermination(kept, base)).toEqual(seen);
    expect(seenDeterminationSchema.parse(unpackDetermination(kept, base))).toEqual(seen);
  });

  it('takes from the whole one only what is the same in both', () => {
    const kept = packDetermination(seen, whole);
    expect(kept.criteria.map(({ criterionId }) => criterionId)).toEqual(['H5.1']);
    expect(kept.notShown).toEqual(['H4.1', 'H5.2']);
    expect(JSON.stringify(unpackDetermination(kept, whole))).not.toMatch(/jobcentre|marac|"row":[89]/);
  });
});

it('Of the council’s rules, out-of-work benefits and domestic abuse can be answered by other files than standard ones', () => {
  const ruleSet = ruleSetOn('2026-11-23');
  expect([...criteriaBeyondStandard(ruleSet ?? { criteria: [] })]).toEqual(['P2.H4.1', 'P2.H5.1', 'P2.H5.2']);
});

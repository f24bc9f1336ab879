import { describe, expect, it } from 'vitest';
import { checkClaim } from '#shared/domain/claims/check-claim.ts';
import type { CheckName, CheckResult, ClaimCase } from '#shared/domain/claims/claim-case.ts';
import type { Casework } from '#shared/domain/outcomes/casework.ts';
import { familiesFirst } from '#shared/domain/eligibility/rule-sets/families-first.ts';
import { supportingFamiliesTenHeadings } from '#shared/domain/eligibility/rule-sets/supporting-families-ten-headings.ts';
import { troubledFamiliesPhase1 } from '#shared/domain/eligibility/rule-sets/troubled-families-phase-1.ts';
import { aRecord, attendance, benefit, determine, everythingCovered, inNeed, offence } from '../eligibility/builders.ts';
import { aCasework, aClaim, childRecords, joinedOn, members } from './a-claim.ts';

const resultOf = (claim: ClaimCase, name: CheckName): CheckResult | undefined =>
  checkClaim(claim).checks.find((check) => check.name === name)?.result;

const withCasework = (change: Partial<Casework>): ClaimCase => aClaim({ casework: aCasework(change) });
const withBasis = (change: Partial<ClaimCase['basis']>): ClaimCase => aClaim({ basis: { ...aClaim().basis, ...change } });
const withRecords = (records: ReturnType<typeof childRecords>): ClaimCase =>
  withBasis({ family: { asAt: '2026-11-23', members: members(records) } });
const accepted = { by: 'auditor', on: '2026-11-22', accepted: true };

describe('A claim with everything in order', () => {
  it('waits for the audit only, and is valid after it', () => {
    const { standing, checks, says } = checkClaim(aClaim());
    expect(checks.filter(({ result }) => result !== 'pass').map(({ name, result }) => [name, result])).toEqual([
      ['internal-audit-by-another', 'unknown'],
      ['discretion-explained', 'not-applicable'],
    ]);
    expect(standing).toBe('ready-for-audit');
    expect(says).toBe('14 checks pass, 0 fail, 1 are not known, 1 do not apply.');
    expect(checkClaim(aClaim({ audit: accepted })).standing).toBe('valid');
  });

  it('has sixteen checks, numbered', () => {
    expect(checkClaim(aClaim()).checks.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });
});

describe('Each check by itself', () => {
  /** The three terms before June 2025. */
  const inSchool = aRecord('school-attendance', [
    attendance('summer', 0, 120, '2023/24'),
    attendance('autumn', 0, 120, '2024/25'),
    attendance('spring', 0, 120, '2024/25'),
  ]);
  const late = aRecord('school-attendance', [attendance('autumn', 13, 120), attendance('spring', 13, 120), attendance('summer', 13, 120)]);
  const withoutAttendance = childRecords().filter(({ feed }) => feed !== 'school-attendance');

  it.each<[number, CheckName, string, ClaimCase, CheckResult]>([
    [1, 'rules-of-the-joining-day', 'the family joined before these rules were in force', withCasework({ joinedOn: '2021-03-31' }), 'fail'],
    [
      1,
      'rules-of-the-joining-day',
      'determined under other rules',
      aClaim({ atEntry: determine(members(), { asAt: joinedOn, ruleSet: troubledFamiliesPhase1 }) }),
      'fail',
    ],
    [2, 'dependent-child', 'no child in the household', aClaim({ atEntry: determine(members().slice(1), { asAt: joinedOn }) }), 'fail'],
    [
      3,
      'enough-needs',
      'one heading only, and another that could not be told',
      aClaim({ atEntry: determine(members([aRecord('childrens-social-care', [inNeed('2025-01-10')])]), { asAt: joinedOn }) }),
      'unknown',
    ],
    [
      3,
      'enough-needs',
      'one heading only, everything known',
      aClaim({ atEntry: determine(members([aRecord('childrens-social-care', [inNeed('2025-01-10')]), inSchool]), { asAt: joinedOn }) }),
      'fail',
    ],
    [
      4,
      'needs-evidenced-at-entry',
      'a need that no row and no paper shows',
      withCasework({ needs: [{ criterionId: 'P2.H6.4', identifiedOn: joinedOn, evidence: [] }] }),
      'fail',
    ],
    [
      4,
      'needs-evidenced-at-entry',
      'the same with a paper',
      withCasework({ needs: [{ criterionId: 'P2.H6.4', identifiedOn: joinedOn, evidence: ['letter'] }] }),
      'pass',
    ],
    [4, 'needs-evidenced-at-entry', 'no need recorded', withCasework({ needs: [] }), 'unknown'],
    [5, 'lead-practitioner-throughout', 'nobody recorded', withCasework({ leadPractitioners: [] }), 'unknown'],
    [
      5,
      'lead-practitioner-throughout',
      'nobody for a day in between',
      withCasework({
        leadPractitioners: [
          { name: 'B', from: '2025-05-20', to: '2025-12-01' },
          { name: 'C', from: '2025-12-02' },
        ],
      }),
      'fail',
    ],
    [
      5,
      'lead-practitioner-throughout',
      'the last left a day before the closure',
      withCasework({ leadPractitioners: [{ name: 'B', from: '2025-06-01', to: '2026-08-31' }] }),
      'fail',
    ],
    [
      5,
      'lead-practitioner-throughout',
      'the last left on the day of the closure',
      withCasework({ leadPractitioners: [{ name: 'B', from: '2025-06-01', to: '2026-09-01' }] }),
      'pass',
    ],
    [
      5,
      'lead-practitioner-throughout',
      'the first came a day late',
      withCasework({ leadPractitioners: [{ name: 'B', from: '2025-06-02' }] }),
      'fail',
    ],
    [6, 'whole-family-assessment', 'none recorded', withCasework({ assessments: [] }), 'unknown'],
    [
      6,
      'whole-family-assessment',
      'the parent left out',
      withCasework({ assessments: [{ on: '2025-06-20', personIds: ['child'] }] }),
      'fail',
    ],
    [
      6,
      'whole-family-assessment',
      'made after the case was closed',
      withCasework({ assessments: [{ on: '2026-09-02', personIds: ['child', 'parent'] }] }),
      'unknown',
    ],
    [7, 'plan-covers-every-need', 'none recorded', withCasework({ plans: [] }), 'unknown'],
    [7, 'plan-covers-every-need', 'a need left out', withCasework({ plans: [{ on: '2025-07-01', criterionIds: ['P2.H3.2'] }] }), 'fail'],
    [8, 'more-than-one-agency', 'none recorded', withCasework({ agencies: [] }), 'unknown'],
    [
      8,
      'more-than-one-agency',
      'one, twice',
      withCasework({
        agencies: [
          { name: 'School', from: '2025-07-01' },
          { name: 'School', from: '2025-09-01' },
        ],
      }),
      'fail',
    ],
    [
      9,
      'outcome-for-every-need',
      'an outcome without a paper',
      withCasework({ outcomes: [{ criterionId: 'P2.H3.2', reachedOn: '2026-02-01', evidence: [] }] }),
      'unknown',
    ],
    [
      9,
      'outcome-for-every-need',
      'as many offences as before',
      withRecords([...childRecords(), ...['2026-04-04', '2026-05-05'].map((day) => aRecord('youth-justice', [offence(day)]))]),
      'fail',
    ],
    [
      9,
      'outcome-for-every-need',
      'two of three: a third fewer',
      withRecords([...childRecords(), aRecord('youth-justice', [offence('2026-04-04')])]),
      'pass',
    ],
    [10, 'outcomes-sustained', 'six months not over by a day', withBasis({ family: { asAt: '2026-07-31', members: members() } }), 'fail'],
    [10, 'outcomes-sustained', 'six months over today', withBasis({ family: { asAt: '2026-08-01', members: members() } }), 'pass'],
    [10, 'outcomes-sustained', 'no outcome recorded', withCasework({ outcomes: [] }), 'unknown'],
    [
      11,
      'nothing-contrary-since',
      'a plan opened again on the last day',
      withRecords([...childRecords(), aRecord('childrens-social-care', [inNeed('2026-07-31', '2026-10-01')])]),
      'fail',
    ],
    [
      11,
      'nothing-contrary-since',
      'a plan opened again the day after',
      withRecords([...childRecords(), aRecord('childrens-social-care', [inNeed('2026-08-01', '2026-10-01')])]),
      'pass',
    ],
    [12, 'school-age-children-in-education', 'a child misses more than 10%', withRecords([...withoutAttendance, late]), 'fail'],
    [12, 'school-age-children-in-education', 'no figures', withRecords(withoutAttendance), 'unknown'],
    [
      12,
      'school-age-children-in-education',
      'nobody of school age',
      withBasis({ family: { asAt: '2026-11-23', members: members().map((each) => ({ ...each, birthDate: '1990-01-01' })) } }),
      'not-applicable',
    ],
    [
      13,
      'files-newer-than-the-window',
      'no youth justice file past the end',
      withBasis({ coverage: everythingCovered.map((each) => (each.feed === 'youth-justice' ? { ...each, to: '2026-07-31' } : each)) }),
      'fail',
    ],
    [
      13,
      'files-newer-than-the-window',
      'a file to the very end',
      withBasis({ coverage: everythingCovered.map((each) => (each.feed === 'youth-justice' ? { ...each, to: '2026-08-01' } : each)) }),
      'pass',
    ],
    [
      14,
      'not-claimed-before',
      'claimed for a family that this one was split from',
      aClaim({
        lineage: ['FAMILY', 'OLD'],
        earlierClaims: [{ claimId: 'C1', familyId: 'OLD', ruleSetId: 'supporting-families-six-headings' }],
      }),
      'fail',
    ],
    [
      14,
      'not-claimed-before',
      'claimed under the rules before',
      aClaim({ earlierClaims: [{ claimId: 'C1', familyId: 'FAMILY', ruleSetId: 'troubled-families-expanded' }] }),
      'pass',
    ],
    [15, 'internal-audit-by-another', 'audited by the claimant', aClaim({ audit: { ...accepted, by: 'claimant' } }), 'fail'],
    [15, 'internal-audit-by-another', 'not accepted', aClaim({ audit: { ...accepted, accepted: false } }), 'fail'],
    [
      16,
      'discretion-explained',
      'without a grade',
      withCasework({ discretion: [{ reason: 'Equal progress', decidedBy: 'D', grade: ' ', on: '2026-01-01' }] }),
      'fail',
    ],
    [
      16,
      'discretion-explained',
      'with everything',
      withCasework({ discretion: [{ reason: 'Equal progress', decidedBy: 'D', grade: 'Head of service', on: '2026-01-01' }] }),
      'pass',
    ],
  ])('%i %s: %s', (number, name, _, claim, result) => {
    expect(checkClaim(claim).checks[number - 1]).toMatchObject({ number, name, result });
  });

  it('that fails leaves the claim not valid, whatever the others say', () => {
    expect(checkClaim(aClaim({ audit: { ...accepted, by: 'claimant' } })).standing).toBe('not-valid');
    expect(checkClaim({ ...withCasework({ agencies: [] }), audit: accepted }).standing).toBe('open');
  });
});

describe('Rules that nobody has signed off', () => {
  const tenHeadings = (signed: boolean) => ({
    ...supportingFamiliesTenHeadings,
    criteria: supportingFamiliesTenHeadings.criteria.map((criterion) => ({
      ...criterion,
      ...(signed && { signedOffBy: { name: 'A. Manager', office: 'Head of Early Help', on: '2023-01-01' } }),
    })),
  });
  const records = [
    aRecord('childrens-social-care', [inNeed('2023-01-10', '2023-09-01')]),
    aRecord('youth-justice', [offence('2023-05-01')]),
    aRecord('professional-referral', [{ kind: 'nominated-need', from: '2023-05-01', heading: 'SF.3.1', note: false }]),
  ];
  const claimUnder = (ruleSet: ReturnType<typeof tenHeadings>) =>
    aClaim({
      kind: 'successful-outcome',
      basis: { ...aClaim().basis, ruleSet },
      casework: aCasework({ joinedOn: '2023-06-01' }),
      atEntry: determine(members(records), { asAt: '2023-06-01', ruleSet, coverage: everythingCovered }),
    });

  it('show needs, and drive no claim', () => {
    const claim = claimUnder(tenHeadings(false));
    expect(claim.atEntry.outcome).toBe('eligible');
    const check = checkClaim(claim).checks[2];
    expect(check).toMatchObject({ name: 'enough-needs', result: 'fail' });
    expect(check?.says).toBe(
      'Enough needs were met, but no claim may rest on these until somebody named has signed their rules off: SF.3.1, SF.6.1, SF.7.3.',
    );
  });

  it('do once somebody named has', () => {
    expect(resultOf(claimUnder(tenHeadings(true)), 'enough-needs')).toBe('pass');
  });
});

describe('The kinds of claim', () => {
  it('are those of the rules: Families First pays nothing', () => {
    const claim = aClaim({ kind: 'successful-outcome', basis: { ...aClaim().basis, ruleSet: familiesFirst } });
    expect(checkClaim(claim)).toMatchObject({ standing: 'not-valid', says: 'Families First knows no such claim: nothing is paid for it.' });
  });

  it('by the ten headings last from the closure of the case', () => {
    const claim = aClaim({ kind: 'successful-outcome', basis: { ...aClaim().basis, ruleSet: supportingFamiliesTenHeadings } });
    const needs = [{ criterionId: 'SF.6.1', identifiedOn: '2025-01-01', evidence: ['x'] }];
    const closed = (on: string) =>
      resultOf({ ...claim, casework: aCasework({ needs, closure: { on, reason: 'done' } }) }, 'outcomes-sustained');
    expect(closed('2026-05-24')).toBe('fail');
    expect(closed('2026-05-23')).toBe('pass');
    expect(resultOf({ ...claim, casework: aCasework({ needs, closure: undefined }) }, 'outcomes-sustained')).toBe('unknown');
  });

  it('of lasting work need the weeks signed off, and then the weeks', () => {
    const { ruleSet, family } = aClaim().basis;
    const employment = { weeks: 26, ofWeeks: 30, citation: { source: 'x', confidence: 'unconfirmed' as const } };
    const signedOffBy = { name: 'A. Manager', office: 'Head of Early Help', on: '2026-01-01' };
    const worked = (from: string) => [
      ...family.members.slice(0, 1),
      { ...family.members[1]!, records: [aRecord('dwp-benefits', [benefit('2025-01-01', from), { kind: 'employment', from }])] },
    ];
    const claim = (from: string, signed: boolean) =>
      aClaim({
        kind: 'continuous-employment',
        basis: {
          ...aClaim().basis,
          family: { asAt: '2026-11-23', members: worked(from) },
          ruleSet: { ...ruleSet, claims: { ...ruleSet.claims, employment: { ...employment, ...(signed && { signedOffBy }) } } },
        },
      });
    // 26 weeks before 23 November 2026 is 25 May 2026.
    expect(resultOf(claim('2026-05-25', true), 'outcome-for-every-need')).toBe('pass');
    expect(resultOf(claim('2026-05-26', true), 'outcome-for-every-need')).toBe('unknown');
    expect(resultOf(claim('2026-05-25', false), 'outcome-for-every-need')).toBe('fail');
  });
});

describe('Phase 1, turned around', () => {
  const ruleSet = troubledFamiliesPhase1;
  const phaseOne = (day: string) => everythingCovered.map((each) => ({ ...each, from: '2011-01-01', to: day }));
  const figures = (missed: number) =>
    aRecord('school-attendance', [
      attendance('autumn', missed, 120, '2013/14'),
      attendance('spring', missed, 120, '2013/14'),
      attendance('summer', missed, 120, '2013/14'),
    ]);
  const before = [
    aRecord('school-attendance', [
      attendance('autumn', 40, 120, '2012/13'),
      attendance('spring', 40, 120, '2012/13'),
      attendance('summer', 40, 120, '2012/13'),
    ]),
  ];
  const offences = ['2013-05-01', '2013-06-01', '2013-07-01'].map((day) => aRecord('youth-justice', [offence(day)]));
  const turned = (records: ReturnType<typeof childRecords>) => {
    const all = [...before, ...offences, ...records];
    const family = members(all).map((each) =>
      each.personId === 'child' ? { ...each, birthDate: '2000-05-05' } : { ...each, birthDate: '1975-01-01' },
    );
    return aClaim({
      kind: 'turned-around',
      basis: { ...aClaim().basis, ruleSet, coverage: phaseOne('2015-03-01'), family: { asAt: '2014-12-01', members: family } },
      casework: aCasework({
        joinedOn: '2013-08-15',
        needs: [
          { criterionId: 'P1.A.1', identifiedOn: '2013-08-15', evidence: ['x'] },
          { criterionId: 'P1.B.4', identifiedOn: '2013-08-15', evidence: ['x'] },
          { criterionId: 'P1.D.cin', identifiedOn: '2013-08-15', evidence: ['x'] },
        ],
        outcomes: ['P1.A.1', 'P1.B.1', 'P1.B.4'].map((criterionId) => ({ criterionId, reachedOn: '2013-09-01', evidence: ['x'] })),
      }),
      atEntry: determine(family, { asAt: '2013-08-15', ruleSet, coverage: phaseOne('2013-08-15') }),
    });
  };
  const exclusions = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      aRecord('suspensions', [{ kind: 'exclusion', from: `2014-0${String(index + 2)}-10`, category: 'suspension', sessions: 2 }]),
    );

  it.each([
    ['back in school for three terms, offences gone', [figures(10)], 'pass'],
    ['15% missed is not below 15%', [figures(18)], 'fail'],
    ['a session less is', [figures(17)], 'pass'],
    ['two exclusions are fewer than three', [figures(10), ...exclusions(2)], 'pass'],
    ['three are not', [figures(10), ...exclusions(3)], 'fail'],
    [
      'two offences of three: a third fewer',
      [figures(10), ...['2013-10-01', '2013-11-01'].map((day) => aRecord('youth-justice', [offence(day)]))],
      'pass',
    ],
    ['no figures', [], 'unknown'],
  ] as const)('%s', (_, records, result) => {
    expect(resultOf(turned([...records]), 'outcome-for-every-need')).toBe(result);
  });

  it('asks for a reason where local discretion brought the family in', () => {
    expect(resultOf(turned([figures(10)]), 'discretion-explained')).toBe('fail');
  });
});

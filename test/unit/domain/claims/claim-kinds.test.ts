import { describe, expect, it } from 'vitest';
import { checkClaim } from '#shared/domain/claims/check-claim.ts';
import type { CheckName, CheckResult, ClaimCase } from '#shared/domain/claims/claim-case.ts';
import { familiesFirst } from '#shared/domain/eligibility/rule-sets/families-first.ts';
import { supportingFamiliesTenHeadings } from '#shared/domain/eligibility/rule-sets/supporting-families-ten-headings.ts';
import { troubledFamiliesPhase1 } from '#shared/domain/eligibility/rule-sets/troubled-families-phase-1.ts';
import { aRecord, attendance, benefit, determine, everythingCovered, inNeed, offence, policeIncident } from '../eligibility/builders.ts';
import { aCasework, aClaim, members, type childRecords } from './a-claim.ts';

const resultOf = (claim: ClaimCase, name: CheckName): CheckResult | undefined =>
  checkClaim(claim).checks.find((check) => check.name === name)?.result;

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
    [
      'one later offence that two agencies report is one',
      [figures(10), ...['youth-justice', 'police'].map((agency) => aRecord('youth-justice', [offence('2013-10-01')], { agency }))],
      'pass',
    ],
    ['no figures', [], 'unknown'],
  ] as const)('%s', (_, records, result) => {
    expect(resultOf(turned([...records]), 'outcome-for-every-need')).toBe(result);
  });

  const antisocial = { role: 'suspect', antisocialBehaviour: true } as const;
  const askedOf = (changes: { then: readonly (readonly [string, string])[]; now: readonly (readonly [string, string])[] }) => {
    const claim = turned([
      figures(10),
      ...[...changes.then, ...changes.now].map(([agency, day]) =>
        aRecord('police-incidents', [policeIncident(day, antisocial)], { agency }),
      ),
    ]);
    return resultOf(
      {
        ...claim,
        casework: {
          ...claim.casework,
          needs: [{ criterionId: 'P1.A.2', identifiedOn: '2013-08-15', evidence: ['x'] }],
          outcomes: ['P1.A.2', 'P1.B.1', 'P1.B.4'].map((criterionId) => ({ criterionId, reachedOn: '2013-09-01', evidence: ['x'] })),
        },
      },
      'outcome-for-every-need',
    );
  };
  const police = (...days: string[]) => days.map((day) => ['police', day] as const);
  const landlord = (...days: string[]) => days.map((day) => ['landlord', day] as const);

  it.each([
    // Five incidents before, two since: 60% fewer.
    ['60% fewer', police('2013-03-01', '2013-04-01', '2013-05-01', '2013-06-01', '2013-07-01'), police('2013-10-01', '2013-11-01'), 'pass'],
    // Four before, two since: 50%.
    ['50% fewer', police('2013-03-01', '2013-04-01', '2013-05-01', '2013-06-01'), police('2013-10-01', '2013-11-01'), 'fail'],
    // Three before of which two are reported twice: five reports are not five incidents, and 3 to 2 is a third.
    [
      'reports of the time before that come twice',
      [...police('2013-03-01', '2013-04-01', '2013-05-01'), ...landlord('2013-03-01', '2013-04-01')],
      police('2013-10-01', '2013-11-01'),
      'fail',
    ],
    // Five before, two since of which one is reported twice: 60%, not 40%.
    [
      'a report of the time since that comes twice',
      police('2013-03-01', '2013-04-01', '2013-05-01', '2013-06-01', '2013-07-01'),
      [...police('2013-10-01', '2013-11-01'), ...landlord('2013-11-01')],
      'pass',
    ],
  ] as const)('antisocial behaviour: %s', (_, then, now, result) => {
    expect(askedOf({ then, now })).toBe(result);
  });

  it('asks for a reason where local discretion brought the family in', () => {
    expect(resultOf(turned([figures(10)]), 'discretion-explained')).toBe('fail');
  });
});

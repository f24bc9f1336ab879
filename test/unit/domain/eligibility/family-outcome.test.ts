import { describe, expect, it } from 'vitest';
import {
  abuse,
  aChild,
  aMember,
  aParent,
  aRecord,
  askedAboutBenefits,
  attendance,
  benefit,
  criterion,
  determine,
  everythingCovered,
  inNeed,
} from './builders.ts';

const fullAttendance = () =>
  aRecord('school-attendance', [attendance('autumn', 0, 120), attendance('spring', 0, 120), attendance('summer', 0, 120)]);
const childInNeed = () => aRecord('childrens-social-care', [inNeed('2026-01-01')]);
const onBenefits = () => aRecord('dwp-benefits', [benefit('2026-01-01')], { accessClass: 'benefits' });

/** A family about which every feed has been asked and none says anything. */
const quietChild = (records = [fullAttendance()]) => aChild(records);
const quietParent = (records = [askedAboutBenefits()]) => aParent(records);

describe('the outcome', () => {
  it.each([
    ['no heading met, everything known', [], [], 'not-eligible', []],
    ['one heading met, everything known', [childInNeed()], [], 'not-eligible', ['H3']],
    ['two headings met', [childInNeed()], [onBenefits()], 'eligible', ['H3', 'H4']],
  ])('%s: %s', (_, childRecords, parentRecords, outcome, headingsMet) => {
    const result = determine([quietChild([fullAttendance(), ...childRecords]), quietParent([askedAboutBenefits(), ...parentRecords])]);
    expect(result).toMatchObject({ outcome, headingsMet });
  });

  it('two criteria of one heading are one heading', () => {
    const early = aRecord('childrens-social-care', [{ kind: 'early-help-episode', from: '2026-01-01' }]);
    const result = determine([quietChild([fullAttendance(), childInNeed(), early]), quietParent()]);
    expect(result).toMatchObject({ outcome: 'not-eligible', headingsMet: ['H3'], criteriaMet: { met: 2, of: 23 } });
  });

  it('one heading met and another open: cannot tell', () => {
    const coverage = everythingCovered.filter(({ feed }) => feed !== 'police-incidents');
    expect(determine([quietChild([fullAttendance(), childInNeed()]), quietParent()], { coverage }).outcome).toBe('cannot-tell');
  });

  it('none met and one open: not eligible, because one more heading would not be enough', () => {
    const coverage = everythingCovered.filter(({ feed }) => feed !== 'youth-justice');
    expect(determine([quietChild(), quietParent()], { coverage }).outcome).toBe('not-eligible');
  });

  it('without any file: cannot tell, and every criterion that needs a file is not covered or about nobody', () => {
    const result = determine([aChild(), aParent()], { coverage: [] });
    expect(result.outcome).toBe('cannot-tell');
    expect(result.criteria.filter(({ value }) => value === 'not-met').map(({ criterionId }) => criterionId)).toEqual([
      'P2.H6.3',
      'P2.H1.5',
      'P2.H2.6',
      'P2.H3.5',
      'P2.H4.4',
      'P2.H5.4',
      'P2.H6.4',
    ]);
    expect(result.criteria.some(({ value }) => value === 'unknown')).toBe(false);
  });

  it('says so in a sentence, without a score', () => {
    expect(determine([quietChild([fullAttendance(), childInNeed()]), quietParent([onBenefits()])]).says).toBe(
      'Eligible: 2 of the 6 headings are met; the programme asks for 2 or more, and a dependent child lives in the family.',
    );
    expect(determine([quietChild([fullAttendance(), childInNeed()]), quietParent()]).says).toBe(
      'Not eligible: 1 of the 6 headings is met; the programme asks for 2 or more.',
    );
  });
});

describe('the dependent child', () => {
  const headings = () => [onBenefits(), aRecord('domestic-abuse-marac', [abuse('2026-09-01')], { accessClass: 'protected' })];
  const with_ = (child: Parameters<typeof aMember>[0]) => determine([aMember({ personId: 'child', ...child }), aParent(headings())]);

  it.each([
    ['fifteen today', { birthDate: '2010-11-24' }, 'eligible'],
    ['sixteen today, nothing known', { birthDate: '2010-11-23' }, 'cannot-tell'],
    [
      'sixteen, on a school roll',
      {
        birthDate: '2010-11-23',
        records: [aRecord('school-roll', [{ kind: 'school-enrolment', from: '2022-09-01', status: 'enrolled' as const }])],
      },
      'eligible',
    ],
    ['eighteen, on a benefit', { birthDate: '2007-11-24', records: [onBenefits()] }, 'eligible'],
    [
      'seventeen, in work',
      { birthDate: '2009-06-01', records: [aRecord('dwp-benefits', [{ kind: 'employment' as const, from: '2026-01-01' }])] },
      'not-eligible',
    ],
    [
      'nineteen today',
      {
        birthDate: '2007-11-23',
        records: [aRecord('school-roll', [{ kind: 'school-enrolment', from: '2022-09-01', status: 'enrolled' as const }])],
      },
      'not-eligible',
    ],
    ['born today', { birthDate: '2026-11-23' }, 'eligible'],
    ['not born yet', { birthDate: undefined, expectedBirthDate: '2027-01-10' }, 'not-eligible'],
    ['of unknown age', { birthDate: undefined }, 'cannot-tell'],
  ] as const)('%s: %s', (_, child, outcome) => {
    expect(with_({ ...child, records: 'records' in child ? [...child.records] : [] }).outcome).toBe(outcome);
  });

  it('must live in the household', () => {
    expect(with_({ birthDate: '2015-01-01', lives: 'elsewhere' }).outcome).toBe('not-eligible');
  });

  it('without one, any number of headings is not enough, and the sentence says that', () => {
    expect(determine([aParent(headings())])).toMatchObject({
      outcome: 'not-eligible',
      says: 'Not eligible: no dependent child is known to live in the family.',
    });
  });
});

describe('a parent who lives elsewhere', () => {
  const father = (...records: Parameters<typeof aRecord>[1][]) =>
    aParent(
      records.map((facts) => aRecord('adult-health', facts)),
      { personId: 'father', lives: 'elsewhere' },
    );
  const treatment = { kind: 'mental-health-need' as const, from: '2026-01-01' };
  const homeless = { kind: 'homelessness-duty' as const, from: '2026-01-01', duty: 'relief' as const };

  it('may bring in one heading', () => {
    const result = determine([
      quietChild([fullAttendance(), childInNeed()]),
      quietParent(),
      father([treatment]),
      { ...father(), personId: 'x', records: [askedAboutBenefits()] },
    ]);
    expect(result).toMatchObject({ outcome: 'eligible', headingsMet: ['H3', 'H6'] });
    expect(result.headings.find(({ heading }) => heading === 'H6')).toMatchObject({ onlyThroughParentElsewhere: true });
    expect(criterion(result, 'P2.H6.1')).toMatchObject({ value: 'met', valueInHousehold: 'not-met' });
  });

  it('but not two', () => {
    const absent = { ...father([treatment], [homeless]) };
    expect(determine([quietChild(), quietParent(), { ...absent, records: [...absent.records, askedAboutBenefits()] }])).toMatchObject({
      outcome: 'not-eligible',
      headingsMet: ['H4', 'H6'],
    });
  });
});

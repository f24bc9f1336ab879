import { describe, expect, it } from 'vitest';
import { assembleView } from '#shared/domain/people/assemble-profile.ts';
import { compareRecords } from '#shared/domain/people/compare-records.ts';
import { risksOfMerging } from '#shared/domain/people/judgement-risks.ts';
import type { PersonRecord } from '#shared/domain/people/person-record.ts';
import { effectOf, type FamilyStanding } from '#shared/domain/people/review-effect.ts';
import { mayAsk, pairOfPeople, sharedIdentifiers, type Pair } from '#shared/domain/people/review.ts';
import { joinApart, strictest } from '#shared/domain/people/set-by-people.ts';
import { waterfallOf, waterfallSays } from '#shared/domain/people/waterfall.ts';
import { aRecord } from '#test/support/a-record.ts';

const family = (familyId: string, outcome: FamilyStanding['outcome'], ...headingsMet: string[]): FamilyStanding => ({
  familyId,
  outcome,
  headingsMet,
});

describe('what an answer can do to families', () => {
  it.each([
    ['one family for both', [family('F1', 'not-eligible')], [family('F1', 'not-eligible')], 'no-change'],
    ['nobody in a family', [], [], 'may-change'],
    ['one of them in a family', [family('F1', 'eligible')], [], 'may-change'],
    ['one family eligible, the other not', [family('F1', 'eligible', 'H1')], [family('F2', 'cannot-tell')], 'would-change'],
    ['both eligible', [family('F1', 'eligible', 'H1')], [family('F2', 'eligible', 'H2')], 'no-change'],
    ['a heading each', [family('F1', 'not-eligible', 'H1')], [family('F2', 'not-eligible', 'H2')], 'would-change'],
    ['the same heading', [family('F1', 'not-eligible', 'H1')], [family('F2', 'not-eligible', 'H1')], 'no-change'],
    ['something still open', [family('F1', 'cannot-tell')], [family('F2', 'not-eligible', 'H1')], 'may-change'],
  ] as const)('%s: %#', (_, a, b, effect) => {
    expect(effectOf(a, b)).toBe(effect);
    expect(effectOf(b, a)).toBe(effect);
  });
});

describe('a merge that needs a second person', () => {
  const someone = (details: PersonRecord['details'], over: Partial<PersonRecord> = {}) => {
    const records = [aRecord({ details, ...over })];
    return { profile: { ...assembleView(records, '2040-01-05') }, records };
  };
  const aoife = someone({ forename: 'Aoife', surname: 'Example', birthDate: '2015-03-09', nhsNumber: '9434765919' });
  it.each([
    ['the same person', someone({ forename: 'AOIFE', surname: 'Exampel', birthDate: '2015-03-09' }), []],
    ['a twin', someone({ forename: 'Niamh', surname: 'Example', birthDate: '2015-03-09' }), ['twins-or-siblings']],
    ['another NHS number', someone({ forename: 'Aoife', surname: 'Example', nhsNumber: '9876543210' }), ['conflicting-identifiers']],
    ['a hidden address', someone({ forename: 'Aoife', surname: 'Example', addressProtected: true }), ['protected-person']],
    ['two parts of one row', someone({ forename: 'Aoife' }, { rowId: aoife.records[0]?.rowId ?? '', subject: 'sibling' }), ['same-row']],
  ])('%s', (_, other, risks) => {
    expect(risksOfMerging(aoife, other)).toEqual(risks);
  });
  it('because more rows move than somebody can have looked at', () => {
    const records = Array.from({ length: 51 }, () => aRecord({ details: {} }));
    expect(risksOfMerging(aoife, { profile: assembleView(records, '2040-01-05'), records })).toEqual(['many-records']);
    expect(risksOfMerging(aoife, { profile: assembleView(records, '2040-01-05'), records: records.slice(1) })).toEqual([]);
  });
});

describe('two sides beside each other', () => {
  const mill = { lines: ['1 Mill Lane'], postcode: 'L36 9GL' };
  const a = [aRecord({ details: { forename: 'Aoife', surname: 'Example', birthDate: '2015-03-09', address: mill } })];
  const b = [
    aRecord({ agency: 'other', details: { forename: 'aoífe', birthDate: '2015-03-10', address: { ...mill, lines: ['1, Mill Lane'] } } }),
  ];
  const said = (hidePlaces: boolean) => compareRecords(a, b, { hidePlaces }).map(({ field, agreement, says }) => [field, agreement, says]);
  it('agree however a name or an address is written, differ, or are known of one only: blank never agrees with anything', () => {
    expect(said(false)).toEqual([
      ['forename', 'agrees', 'The forename agrees.'],
      ['surname', 'not-known', 'The surname is known of the first only, which says nothing either way.'],
      ['birth date', 'differs', 'The birth date differs.'],
      ['address', 'agrees', 'The address agrees.'],
    ]);
  });
  it('show no address where one must not be known', () => {
    const hidden = compareRecords(a, b, { hidePlaces: true }).find(({ field }) => field === 'address');
    expect(hidden).toMatchObject({ agreement: 'withheld', first: [], second: [] });
  });
  it('leave out estimated birth dates and what came before', () => {
    const estimated = [aRecord({ details: { birthDate: '2015-01-01', birthDateEstimated: true } })];
    const earlier = [aRecord({ status: 'superseded', details: { forename: 'Was' } })];
    expect(compareRecords(estimated, earlier, { hidePlaces: false })).toEqual([]);
  });
});

describe('what was answered before', () => {
  const pair = (state: Pair['state'], identifiers: string[] = []): Pair => ({ pairId: 'A#B', version: 1, state, identifiers });
  it.each([
    [undefined, [], true],
    [pair('open'), ['NHS#1'], false],
    [pair('same'), ['NHS#1'], false],
    [pair('different'), [], false],
    [pair('different', ['NHS#1']), ['NHS#1'], false],
    [pair('different', ['NHS#1']), ['NHS#1', 'UPN#2'], true],
    [pair('cannot-tell'), ['NINO#3'], true],
    [pair('undone'), [], true],
  ])('%j, sharing %j now: asked %s', (held, shared, asked) => {
    expect(mayAsk(held, shared)).toBe(asked);
  });
  it('counts only official numbers as decisive', () => {
    expect(sharedIdentifiers(['NHS#1', 'NAME_DOB#2', 'UPN#3'], ['NAME_DOB#2', 'UPN#3', 'NHS#9'])).toEqual(['UPN#3']);
  });
  it('is kept under one key whichever is named first', () => {
    expect(pairOfPeople('B', 'A')).toBe(pairOfPeople('A', 'B'));
  });
});

describe('what people have set', () => {
  it('is joined strictly: a restriction before an objection, the older of two alike', () => {
    const objection = { kind: 'objection', since: '2026-01-01' } as const;
    const restriction = { kind: 'restriction', since: '2026-02-01' } as const;
    expect(strictest(objection, restriction)).toBe(restriction);
    expect(strictest(undefined, objection)).toBe(objection);
    expect(strictest(restriction, { ...restriction, since: '2026-01-15' })?.since).toBe('2026-01-15');
  });
  it('keeps apart from the one whoever was apart from the other, but not the two themselves', () => {
    const person = (personId: string, ...apart: string[]) => ({
      ...assembleView([], '2040-01-05'),
      personId,
      version: 1,
      apart: apart.map((id) => ({ personId: id, identifiers: [] })),
    });
    expect(joinApart(person('A', 'B', 'C'), person('B', 'A', 'D')).map(({ personId }) => personId)).toEqual(['C', 'D']);
  });
});

describe('the arithmetic of a decision', () => {
  const decision = {
    modelVersion: 'm1',
    thresholds: { link: 0.99, review: 0.05 },
    probability: 0.8,
    candidatesSeen: 2,
    guards: [],
    fields: [
      { field: 'prior', level: 'before-comparing', bits: -12 },
      { field: 'birthDate', level: 'same', bits: 10 },
      { field: 'id:nhs-number', level: 'same', bits: 4 },
    ],
  };
  it('adds up line by line', () => {
    expect(waterfallOf(decision).map(({ runningBits }) => runningBits)).toEqual([-12, -2, 2]);
    expect(waterfallOf(decision).map(({ says }) => says)).toEqual([
      'Before anything is compared: two rows taken at random are seldom one person',
      'Birth date: same',
      'Nhs number: same',
    ]);
  });
  it('says what it means, never more than it is', () => {
    expect(waterfallSays(decision)).toBe(
      'By these lines the two are one person with 80% probability: not enough to link without a person’s word.',
    );
    expect(waterfallSays({ ...decision, probability: 0.9999 })).toContain('99.9%');
  });
});

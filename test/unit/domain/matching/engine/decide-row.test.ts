import { describe, expect, it } from 'vitest';
import { compareSurnames, notComparable } from '#shared/domain/matching/compare/compare-names.ts';
import { areOnePerson } from '#shared/domain/matching/decision/people-held-twice.ts';
import { decideRow, productionThresholds } from '#shared/domain/matching/decision/decide-row.ts';
import { pairName } from '#shared/domain/matching/decision/judgements.ts';
import { prepareModel } from '#shared/domain/matching/model/prepare-model.ts';
import { defaultModel } from '#shared/domain/matching/models/default-model.ts';
import { addRow, joinPeople, newPerson } from '#shared/domain/matching/person/match-person.ts';
import { scoreBits } from '#shared/domain/matching/scoring/score-row.ts';
import { cleanRow } from '#shared/domain/matching/rows/clean-row.ts';
import type { MatchRow, RawRow } from '#shared/domain/matching/rows/match-row.ts';

const model = prepareModel(defaultModel);

const aRow = (row: Partial<RawRow> = {}): MatchRow =>
  cleanRow({
    rowId: 'row',
    source: 'education',
    forename: 'Olivia',
    middleNames: 'Grace',
    surname: 'Pickavance',
    birthDate: '2014-03-09',
    sex: 'F',
    addressLines: ['4 Mill Lane'],
    postcode: 'L36 9GL',
    identifiers: { 'nhs-number': '9434765919' },
    ...row,
  });

const decide = (row: MatchRow, ...rows: readonly MatchRow[]) =>
  decideRow(
    row,
    rows.map((held, at) => newPerson(`P${String(at + 1)}`, held)),
    model,
    productionThresholds,
  );

describe('Deciding a row', () => {
  it('links a row that says the same to the person, with the parts, the model and the thresholds', () => {
    const decision = decide(aRow({ source: 'health' }), aRow());
    expect(decision).toMatchObject({ outcome: 'link', personId: 'P1', guards: [], candidatesSeen: 1, modelVersion: 'default-2' });
    expect(decision.thresholds).toEqual({ link: 0.99, review: 0.05 });
    expect(decision.fields.find(({ field }) => field === 'id:nhs-number')).toMatchObject({ level: 'same' });
  });

  it('never links a twin by itself, although surname, birth date and home are the same', () => {
    const decision = decide(aRow({ forename: 'Harriet', middleNames: 'Rose', identifiers: {} }), aRow());
    expect(decision.outcome).not.toBe('link');
    expect(decision.guards).toContain('twin-or-sibling');
  });

  it.each([
    ['an agency’s own numbers', 'agency-person-id', '100457', '100458'],
    ['PNC numbers', 'pnc-id', '2019/0012345X', '2019/0012346X'],
    ['NINOs', 'nino', 'AB123456C', 'AB123457C'],
  ])('nor one whose number is the next: %s', (_, type, one, next) => {
    const known = aRow({ identifiers: { [type]: one }, middleNames: undefined });
    const decision = decide(aRow({ forename: 'Harriet', middleNames: undefined, identifiers: { [type]: next } }), known);
    expect(decision.outcome).not.toBe('link');
    expect(decision.guards).toContain('twin-or-sibling');
    expect(decide(aRow({ forename: 'Livvy', middleNames: undefined, identifiers: { [type]: one } }), known).outcome).toBe('link');
  });

  it('nor a namesake of another age whose number is the next', () => {
    const names = { forename: 'Patrick', middleNames: undefined, sex: 'M' };
    const son = aRow({ ...names, identifiers: { 'agency-person-id': '100458' } });
    const father = aRow({ ...names, birthDate: '1981-07-22', identifiers: { 'agency-person-id': '100457' } });
    expect(decide(father, son).guards).toContain('namesake-of-another-age');
  });

  it('does not take somebody who goes by the middle name for a twin', () => {
    expect(decide(aRow({ forename: 'Grace', middleNames: undefined }), aRow()).guards).not.toContain('twin-or-sibling');
  });

  it('never links a father to his son of the same name at the same home', () => {
    const names = { forename: 'Patrick', middleNames: undefined, sex: 'M', identifiers: {} };
    const decision = decide(aRow({ ...names, birthDate: '1981-07-22' }), aRow(names));
    expect(decision.outcome).not.toBe('link');
    expect(decision.guards).toContain('namesake-of-another-age');
  });

  it('sends two NHS numbers that differ to review at best', () => {
    const decision = decide(aRow({ identifiers: { 'nhs-number': '9434765870' } }), aRow());
    expect(decision.outcome).toBe('review');
    expect(decision.guards).toContain('identifier-conflict');
  });

  it("does not link a baby's row by its mother's NHS number alone", () => {
    const mother = aRow({ forename: 'Chantelle', surname: 'Atherton', middleNames: undefined, birthDate: '1990-01-20' });
    const decision = decide(aRow({ forename: 'Baby', surname: 'Okafor', birthDate: '2026-02-02', middleNames: undefined }), mother);
    expect(decision.outcome).not.toBe('link');
    expect(decision.guards).toContain('identifier-alone');
  });

  it('asks a person where two people held are as likely', () => {
    const held = aRow({ identifiers: {}, addressLines: undefined, postcode: undefined, middleNames: undefined });
    const decision = decideRow(
      aRow({ identifiers: {}, addressLines: undefined, postcode: undefined, middleNames: undefined }),
      [newPerson('P1', held), newPerson('P2', held)],
      model,
      productionThresholds,
      { notOnePerson: new Set([pairName('P2', 'P1')]) },
    );
    expect(decision.outcome).toBe('review');
    expect(decision.probability).toBeLessThan(0.51);
    expect(decision.runnerUp?.personId).toBe('P2');
  });

  it('does what people decided before, whatever the score', () => {
    const person = newPerson('P1', aRow());
    const stranger = aRow({ forename: 'Tomasz', surname: 'Nowak', birthDate: '1960-05-05', identifiers: {} });
    const told = decideRow(stranger, [person], model, productionThresholds, { mustLink: new Set(['P1']) });
    expect(told).toMatchObject({ outcome: 'link', personId: 'P1', probability: 1 });
    const kept = decideRow(aRow(), [person], model, productionThresholds, { cannotLink: new Set(['P1']) });
    expect(kept.outcome).toBe('new');
  });

  it('is the same for candidates in any order', () => {
    const people = [
      newPerson('P1', aRow()),
      newPerson('P2', aRow({ forename: 'Harriet', identifiers: {} })),
      newPerson('P3', aRow({ surname: 'Quill', identifiers: {} })),
    ];
    const there = decideRow(aRow({ source: 'health' }), people, model, productionThresholds);
    expect(decideRow(aRow({ source: 'health' }), people.toReversed(), model, productionThresholds)).toEqual(there);
  });
});

describe('Kaur, Singh, Begum, Bibi and Khatun by themselves', () => {
  const sister = { forename: 'Harpreet', surname: 'Kaur', middleNames: undefined, identifiers: {} };

  it.each(['kaur', 'singh', 'begum', 'bibi', 'khatun'])('%s neither agrees nor contradicts', (name) => {
    expect(compareSurnames(name, name)).toBe(notComparable);
    expect(compareSurnames(name, 'gill')).toBe(notComparable);
    expect(compareSurnames('gill', name)).toBe(notComparable);
  });

  it('beside a family name are left out of the comparison', () => {
    expect(compareSurnames('kaur gill', 'gill')).toBe(1);
    expect(compareSurnames('kaur gill', 'kaur sandhu')).toBe(5);
  });

  it('bring no bits, and a sister is still taken for a possible twin', () => {
    const { fields, guards, outcome } = decide(aRow({ ...sister, forename: 'Jasleen' }), aRow(sister));
    expect(fields.find(({ field }) => field === 'surname')).toEqual({ field: 'surname', level: 'not-comparable', bits: 0 });
    expect(guards).toContain('twin-or-sibling');
    expect(outcome).not.toBe('link');
  });
});

describe('Two people held apart', () => {
  it('are one where a row shows it, and keep the first id and all rows', () => {
    const [a, b] = [
      newPerson('P1', aRow({ source: 'health' })),
      addRow(newPerson('P2', aRow()), aRow({ addressLines: ['9 High Street'] })),
    ];
    expect(areOnePerson(a, b, model, 0.99)).toBe(true);
    const joined = joinPeople(a, b);
    expect(joined).toMatchObject({ personId: 'P1', rowCount: 3, sources: { health: 1, education: 2 } });
    expect(joined.values['address']).toEqual(['4 mill ln', '9 high st']);
    expect(joined.rows).toHaveLength(2);
  });

  it('are one as soon as a row comes that may be about both, whatever they lacked until then', () => {
    const early = newPerson('P1', aRow({ surname: undefined, addressLines: undefined, identifiers: {} }));
    const later = newPerson('P2', aRow({ birthDate: undefined, postcode: undefined, identifiers: {} }));
    expect(areOnePerson(early, later, model, 0.99)).toBe(false);
    const decision = decideRow(aRow({ source: 'health', identifiers: {} }), [early, later], model, productionThresholds);
    expect(decision).toMatchObject({ outcome: 'link', personId: 'P1', sameAs: ['P2'] });
  });

  it('stay two where a row is as likely about a third', () => {
    const blank = { middleNames: undefined, identifiers: {}, addressLines: undefined, postcode: undefined };
    const early = newPerson('P1', aRow(blank));
    const [whole, rival] = [
      newPerson('P2', aRow()),
      newPerson('P3', aRow({ middleNames: 'Rose', identifiers: {}, addressLines: ['9 High St'] })),
    ];
    expect(areOnePerson(early, whole, model, 0.99)).toBe(true);
    expect(areOnePerson(early, whole, model, 0.99, {}, [rival])).toBe(false);
  });

  it('are not one by way of a row that lacks what the two contradict each other in', () => {
    const father = { forename: 'Patrick', middleNames: undefined, sex: 'M', identifiers: {}, addressLines: undefined };
    const held = addRow(newPerson('P1', aRow({ ...father, birthDate: undefined })), aRow({ ...father, birthDate: '1981-07-22' }));
    const alone = newPerson('P2', aRow({ ...father, birthDate: undefined }));
    const son = aRow({ ...father, birthDate: '2009-02-17' });
    expect(scoreBits(son, held, model)).toBeLessThan(scoreBits(son, alone, model));
  });

  it('stay two where a guard stands between any of their rows, or where people said so', () => {
    const twin = newPerson('P2', aRow({ forename: 'Harriet', middleNames: undefined, identifiers: {} }));
    expect(areOnePerson(newPerson('P1', aRow()), twin, model, 0.99)).toBe(false);
    const same = newPerson('P3', aRow());
    expect(areOnePerson(newPerson('P1', aRow()), same, model, 0.99, { notOnePerson: new Set([pairName('P1', 'P3')]) })).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { blockingKeys } from '#shared/domain/matching/keys/blocking-keys.ts';
import { memoryPersonIndex } from '#shared/domain/matching/keys/memory-person-index.ts';
import { rankCandidates } from '#shared/domain/matching/keys/rank-candidates.ts';
import { comparisons, type ComparisonKind } from '#shared/domain/matching/compare/comparison-kinds.ts';
import { newPerson } from '#shared/domain/matching/person/match-person.ts';
import { cleanRow } from '#shared/domain/matching/rows/clean-row.ts';

const level = (kind: ComparisonKind, a: string, b: string): string | undefined => comparisons[kind].levels[comparisons[kind].compare(a, b)];

describe('A cleaned row', () => {
  it('holds names, dates, address and identifiers as they are compared', () => {
    const { values } = cleanRow({
      rowId: '1',
      source: 'housing',
      forename: 'Łukasz',
      surname: "O'BRIEN",
      previousSurname: 'Nowak',
      birthDate: { year: '1984', month: '3', day: '9' },
      sex: 'Male',
      addressLines: ['Flat 2, 14 High Street'],
      postcode: 'l36 9gl',
      uprn: '00099900012712',
      phones: ['+44 7700 900123'],
      emails: [' Sam@Example.ORG '],
      identifiers: { nhs_number: '943 476 5919', 'NI number': 'ab 12 34 56 c', card: 'a-123' },
      other: { occupation: 'Baker ' },
    });
    expect(values).toEqual({
      forename: ['lukasz'],
      surname: ['obrien', 'nowak'],
      birthDate: ['19840309'],
      sex: ['m'],
      address: ['2 14 high st'],
      postcode: ['L369GL'],
      uprn: ['99900012712'],
      phone: ['07700900123'],
      email: ['sam@example.org'],
      'id:nhs-number': ['9434765919'],
      'id:nino': ['AB123456'],
      'id:card': ['A123'],
      'other:occupation': ['baker'],
    });
  });

  it('holds nothing of what stands for a missing value', () => {
    const { values } = cleanRow({
      rowId: '1',
      source: 'housing',
      forename: 'Unknown',
      surname: 'N/K',
      birthDate: '',
      sex: 'U',
      addressLines: ['No Fixed Abode'],
      postcode: 'ZZ99 3VZ',
      identifiers: { nhs_number: '9434765918', upn: 'X', card: '0000000' },
    });
    expect(values['forename']).toBeUndefined();
    expect(Object.keys(values).filter((field) => field !== 'surname')).toEqual([]);
  });

  it('keeps what a broken or partial date still says', () => {
    const dateOf = (birthDate: Parameters<typeof cleanRow>[0]['birthDate'], birthDateEstimated = false) =>
      cleanRow({ rowId: '1', source: 's', birthDate, birthDateEstimated }).values['birthDate'];
    expect(dateOf({ year: '1984', month: '17', day: '9' })).toEqual(['19841709']);
    expect(dateOf('1984-03')).toEqual(['19840300']);
    expect(dateOf('1984-03-09', true)).toEqual(['19840000']);
    expect(dateOf({ year: '1984', month: 'o3', day: '9' })).toEqual(['1984o309']);
  });
});

describe('Two values compared', () => {
  it.each<[ComparisonKind, string, string, string]>([
    ['forename', 'bob', 'robert', 'short-form'],
    ['forename', 'ilivoa', 'olivia', 'similar'],
    ['forename', 'o', 'olivia', 'initial'],
    ['forename', 'h', 'olivia', 'other-initial'],
    ['forename', 'harriet', 'olivia', 'different'],
    ['surname', 'smith jones', 'jones', 'part'],
    ['surname', 'oh', 'ho', 'similar'],
    ['birth-date', '19840309', '19840903', 'day-month-swapped'],
    ['birth-date', '19840309', '19850309', 'one-slip'],
    ['birth-date', '19840309', '19910309', 'two-parts'],
    ['birth-date', '19840309', '19840300', 'known-parts'],
    ['birth-date', '19840330', '19840418', 'near-days'],
    ['birth-date', '19840309', '20110520', 'different'],
    ['postcode', 'L369GL', 'L369GM', 'one-slip'],
    ['postcode', 'L369GL', 'L369XX', 'sector'],
    ['postcode', 'L369GL', 'L361AA', 'district'],
    ['address', '14 high st', '16 high st', 'same-street'],
    ['address', '14 high st', '14 hihg st', 'close'],
    ['code', '9434765919', '9434765991', 'one-slip'],
    ['email', 'h.k@sharp.com', 'f.j@sharp.com', 'same-domain'],
    ['email', 'sam.example@a.org', 'sam.example@b.org', 'same-mailbox'],
  ])('%s: %s and %s are %s', (kind, a, b, expected) => {
    expect(level(kind, a, b)).toBe(expected);
    expect(level(kind, b, a)).toBe(expected);
  });
});

describe('Keys', () => {
  const row = cleanRow({ rowId: '1', source: 's', forename: 'Bob', surname: 'Example', birthDate: '1984-03-09', postcode: 'L36 9GL' });

  it('are the same for day and month in each other’s place, for a short form and for names crossed', () => {
    const swapped = cleanRow({ rowId: '2', source: 's', forename: 'Robert', surname: 'Exampel', birthDate: '1984-09-03' });
    const crossed = cleanRow({ rowId: '3', source: 's', forename: 'Example', surname: 'Bob' });
    const first = new Set(blockingKeys(row).map(({ rungs }) => rungs[0]));
    expect(
      blockingKeys(swapped)
        .map(({ rungs }) => rungs[0])
        .filter((rung) => first.has(rung)),
    ).toContain('forename-day|RPRT|19840309');
    expect(blockingKeys(crossed).some(({ rule }) => rule === 'names')).toBe(true);
  });

  it('find everybody again after a rung has filled up, and never more than fit', () => {
    const index = memoryPersonIndex(3);
    const people = Array.from({ length: 12 }, (_, at) => {
      const own = cleanRow({
        rowId: String(at),
        source: 's',
        surname: 'Example',
        forename: at % 2 === 0 ? 'Ann' : 'Bob',
        birthDate: `19${String(40 + at)}-01-02`,
      });
      index.put(newPerson(`P${String(at)}`, own), blockingKeys(own));
      return own;
    });
    for (const [at, own] of people.entries()) {
      const found = index.find(blockingKeys(own));
      expect(found.flatMap(({ ids }) => ids)).toContain(`P${String(at)}`);
      for (const { ids } of found) expect(ids.length).toBeLessThanOrEqual(3);
    }
  });

  it('rank those who share the most telling ones first, and of equals the smaller id', () => {
    expect(rankCandidates([{ ids: ['B', 'A'] }, { ids: ['C'] }, { ids: ['C', 'B', 'A'] }], 1000)).toEqual(['C', 'A', 'B']);
  });
});

import { describe, expect, it } from 'vitest';
import { rowQueries } from '#shared/contracts/files/checking/row-queries.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { accepted, autumn } from './feed-rows.ts';

const arrears = feeds['housing-arrears'];
const cellsOf = (cells: Readonly<Record<string, string>>) => new Map(Object.entries({ ...arrears.exampleRow, ...cells }));
const asked = (queries: ReturnType<typeof rowQueries>, cells: Readonly<Record<string, string>>) => {
  // Only rows that are taken are asked about.
  accepted('housing-arrears', cells);
  return queries(cellsOf(cells)).map(({ column, code }) => [column, code]);
};
const [birthColumn] = arrears.columns.map(({ name }) => name).filter((name) => /(?:^|_)dob$/.test(name));
const [homeColumn] = arrears.columns.map(({ name }) => name).filter((name) => /(?:^|_)uprn$/.test(name));

describe('A date of birth', () => {
  const lastYear = Number(autumn.end.slice(0, 4)) - 100;

  it.each([
    [`31/12/${String(lastYear - 1)}`, [[birthColumn, 'query-very-old']]],
    [`02/01/${String(lastYear)}`, []],
  ])('%s', (birth, expected) => {
    expect(asked(rowQueries(arrears, autumn), { [birthColumn ?? '']: birth })).toEqual(expected);
  });
});

describe('A home with many people', () => {
  const person = (number: number) => ({ surname: `Exa${'abcdefghijklmnopqrstuvwxyz'[number % 26] ?? ''}${number > 25 ? 'b' : ''}mple` });

  it('is asked about from the twenty-first person on, however many rows are about each', () => {
    const queries = rowQueries(arrears, autumn);
    for (let number = 0; number < 20; number += 1)
      for (let row = 0; row < 2; row += 1) expect(asked(queries, person(number)), String(number)).toEqual([]);
    expect(asked(queries, person(20))).toEqual([[homeColumn, 'query-many-at-one-address']]);
    expect(asked(queries, person(3))).toEqual([[homeColumn, 'query-many-at-one-address']]);
  });

  it('is none where nobody says which home it is', () => {
    const queries = rowQueries(arrears, autumn);
    for (let number = 0; number < 30; number += 1) expect(asked(queries, { ...person(number), [homeColumn ?? '']: '' })).toEqual([]);
  });
});

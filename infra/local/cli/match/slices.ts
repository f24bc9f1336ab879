import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { MatchRow } from '#shared/domain/matching/rows/match-row.ts';
import { nameOriginOf } from '#shared/domain/names/name-origin.ts';
import { loadRows } from './load-rows.ts';
import { UsageError } from './usage-error.ts';

export const slicesUsage = 'npm run -s match -- slices --in A.csv [--in B.csv …] --map MAP.json --out SLICES.csv';

/**
 * Writes what to compare the quality of matching by, for `evaluate --slice`: where names look to be from, sex, decade of
 * birth and which fields the row lacks.
 */
export const slices = (args: readonly string[]): void => {
  const {
    in: inputs,
    map,
    out,
  } = parseArgs({
    args: [...args],
    options: { in: { type: 'string', multiple: true }, map: { type: 'string', multiple: true }, out: { type: 'string' } },
  }).values;
  if (inputs === undefined || map === undefined || out === undefined)
    throw new UsageError(`say what to read, how, and where to write. Usage: ${slicesUsage}`);
  const lines = loadRows(inputs, map).map((row) => [row.rowId, row.source, ...Object.values(sliceValues(row))].map(cell).join(','));
  writeFileSync(out, `${['id,source,names,sex,born,lacks', ...lines].join('\n')}\n`);
};

/** The slices of a cleaned row; what is not known is a slice of its own. */
export const sliceValues = ({ values }: Pick<MatchRow, 'values'>) => {
  const first = (field: string): string => values[field]?.[0] ?? '';
  const year = first('birthDate').slice(0, 4);
  const hasIdentifier = Object.keys(values).some((field) => field.startsWith('id:'));
  const lacking = [
    ...(hasIdentifier ? [] : ['identifier']),
    ...(['forename', 'surname'] as const).filter((field) => first(field) === ''),
    ...(first('birthDate') === '' ? ['birth date'] : []),
    ...(['address', 'postcode', 'uprn'].every((field) => first(field) === '') ? ['address'] : []),
  ];
  return {
    names: first('forename') === '' && first('surname') === '' ? 'not known' : nameOriginOf(first('forename'), first('surname')),
    sex: first('sex') || 'not known',
    born: /^[12]\d{3}$/.test(year) ? `${year.slice(0, 3)}0s` : 'not known',
    lacks: lacking.length === 0 ? 'nothing' : lacking.join(' and '),
  };
};

const cell = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

import { cleanRow } from '#shared/domain/matching/rows/clean-row.ts';
import type { MatchRow } from '#shared/domain/matching/rows/match-row.ts';
import { readFileMaps } from './file-map.ts';
import { readRows } from './read-rows.ts';
import { UsageError } from './usage-error.ts';

/** The cleaned rows of all files, in their order. */
export const loadRows = (inputs: readonly string[], mapFiles: readonly string[]): MatchRow[] => {
  const maps = readFileMaps(mapFiles, inputs);
  const rows = inputs.flatMap((input, at) => {
    const map = maps[at];
    return map === undefined ? [] : readRows(input, map);
  });
  if (rows.length === 0) throw new UsageError(`no rows in ${inputs.join(', ')}: there is nothing to match`);
  return rows.map(cleanRow);
};

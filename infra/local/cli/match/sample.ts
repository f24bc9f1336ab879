import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { matchingSample, matchingSampleMap } from '../../sample-data/matching-sample.ts';
import { makeFolder } from '../../make-folder.ts';
import { UsageError } from './usage-error.ts';

export const sampleUsage = 'npm run -s match -- sample --out DIR [--families 2000] [--seed 1] [--variants 0.1]';

/**
 * Writes an invented borough's rows as one file to match (`rows.csv` with `map.json`), who they are about (`truth.csv`) and
 * what to slice by (`slices.csv`).
 */
export const sample = async (args: readonly string[]): Promise<void> => {
  const { out, families, seed, variants } = readOptions(args);
  const rows = await matchingSample({ families, seed, variants });
  makeFolder(resolve(out));
  const table = (name: string, columns: readonly string[], lines: readonly Readonly<Record<string, string | undefined>>[]): void => {
    const text = [columns, ...lines.map((line) => columns.map((column) => line[column] ?? ''))]
      .map((cells) => cells.map(cell).join(','))
      .join('\n');
    writeFileSync(join(out, name), `${text}\n`);
  };
  table(
    'rows.csv',
    Object.keys(rows[0]?.cells ?? {}),
    rows.map(({ cells }) => cells),
  );
  table(
    'truth.csv',
    ['id', 'source', 'entity'],
    rows.map(({ cells, entity }) => ({ ...cells, entity })),
  );
  table(
    'slices.csv',
    ['id', 'source', ...Object.keys(rows[0]?.slices ?? {})],
    rows.map(({ cells, slices }) => ({ ...cells, ...slices })),
  );
  writeFileSync(join(out, 'map.json'), `${JSON.stringify(matchingSampleMap, undefined, 2)}\n`);
  console.log(JSON.stringify({ rows: rows.length, people: new Set(rows.map(({ entity }) => entity)).size, out }));
};

const readOptions = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string' },
      families: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      variants: { type: 'string', default: '0.1' },
    },
  });
  const { out } = values;
  if (out === undefined || out === '') throw new UsageError(`say where to write with --out DIR. Usage: ${sampleUsage}`);
  const number = (name: 'families' | 'seed' | 'variants', shape: RegExp, most: number): number => {
    const value = shape.test(values[name]) ? Number(values[name]) : Number.NaN;
    if (!(value <= most)) throw new UsageError(`--${name} must be a number up to ${String(most)}`);
    return value;
  };
  return {
    out,
    families: number('families', /^[1-9]\d*$/, 40_000),
    seed: number('seed', /^\d{1,9}$/, 999_999_999),
    variants: number('variants', /^(?:0(?:\.\d+)?|1)$/, 1),
  };
};

const cell = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { coldStartModel } from '#shared/domain/matching/training/cold-start-model.ts';
import { publishableModel } from '#shared/domain/matching/training/publishable-model.ts';
import { trainModel } from '#shared/domain/matching/training/train-model.ts';
import { trainingSeed } from './cluster.ts';
import { loadRows } from './load-rows.ts';
import { seededRandom } from './seeded-random.ts';
import { UsageError } from './usage-error.ts';

export const trainUsage =
  'npm run -s match -- train --in A.csv [--in B.csv …] --map MAP.json --out MODEL.json [--version NAME] [--seed N] [--cold-start]';

/** Estimates a model from files without labels and writes it; `--cold-start` makes of it one for an area that has no rows yet. */
export const train = (args: readonly string[]): void => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      in: { type: 'string', multiple: true },
      map: { type: 'string', multiple: true },
      out: { type: 'string' },
      version: { type: 'string' },
      seed: { type: 'string' },
      'cold-start': { type: 'boolean', default: false },
    },
  });
  const { in: inputs, map, out, version = 'trained', seed = String(trainingSeed) } = values;
  if (inputs === undefined || map === undefined || out === undefined)
    throw new UsageError(`say what to read, how, and where to write. Usage: ${trainUsage}`);
  if (!/^\d{1,9}$/u.test(seed)) throw new UsageError('--seed must be a whole number');
  const rows = loadRows(inputs, map);
  const trained = publishableModel(trainModel(rows, { version, random: seededRandom(Number(seed)) }));
  const model = values['cold-start'] ? coldStartModel(trained) : trained;
  writeFileSync(out, `${JSON.stringify(model, undefined, 2)}\n`);
  console.error(
    JSON.stringify({ rows: rows.length, people: Math.round(model.people), relatives: model.relatives, fields: model.fields.length }),
  );
};

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { campaigns } from './campaigns.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string', default: '1' } } });
const name = positionals[0] ?? '';
const chosen = Object.entries(campaigns).find(([key]) => key === name)?.[1];
if (!chosen || !/^\d+$/.test(values.seed)) {
  console.error(
    `Say which campaign to run: npm run campaign -- NAME [--seed NUMBER]. NAME is one of: ${Object.keys(campaigns).join(', ')}.`,
  );
  process.exit(2);
}
console.log(`Campaign ${name}: ${String(chosen.full)} runs, seed ${values.seed}`);
// The full count takes as long as it takes; a test's time limit is for the reduced one.
const run = spawnSync('vitest', ['run', chosen.file, '--testTimeout', '0'], {
  stdio: 'inherit',
  env: { ...process.env, CAMPAIGN: name, CAMPAIGN_SEED: values.seed },
});
process.exit(run.status ?? 1);

import { parseArgs } from 'node:util';
import { benchEligibility } from './bench-eligibility.ts';
import { benchExchange } from './bench-exchange.ts';
import { benchIngest } from './bench-ingest.ts';
import { benchMatching } from './bench-matching.ts';
import { benchWhatIf } from './bench-what-if.ts';

const benches: Readonly<Record<string, (options: { readonly quick: boolean }) => Promise<boolean>>> = {
  eligibility: benchEligibility,
  exchange: benchExchange,
  ingest: benchIngest,
  matching: benchMatching,
  'what-if': benchWhatIf,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false } } });
const bench = benches[positionals[0] ?? ''];
if (bench === undefined) {
  console.error(`Say what to measure: npm run bench -- NAME [--quick]. NAME is one of: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
} else if (!(await bench(values))) process.exitCode = 1;

import { cluster, clusterUsage } from './match/cluster.ts';
import { evaluate, evaluateUsage } from './match/evaluate.ts';
import { sample, sampleUsage } from './match/sample.ts';
import { slices, slicesUsage } from './match/slices.ts';
import { train, trainUsage } from './match/train.ts';
import { UsageError } from './match/usage-error.ts';

/** What `npm run match -- NAME …` can do. */
const commands: Readonly<Record<string, { readonly usage: string; readonly run: (args: readonly string[]) => void | Promise<void> }>> = {
  cluster: { usage: clusterUsage, run: cluster },
  evaluate: { usage: evaluateUsage, run: evaluate },
  sample: { usage: sampleUsage, run: sample },
  slices: { usage: slicesUsage, run: slices },
  train: { usage: trainUsage, run: train },
};

const usage = (): string => ['Usage:', ...Object.values(commands).map((command) => `  ${command.usage}`)].join('\n');

/** One line for what a user can cause: a mistyped option, a file that is not there, a full disk. */
const explain = (error: unknown): string | undefined => {
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  if (error.code.startsWith('ERR_PARSE_ARGS')) return `${(error.message.split(/\. |\n/)[0] ?? '').replace(/\.$/, '')}. ${usage()}`;
  if (error.code === 'ENOENT' && 'path' in error) return `${String(error.path)} is not there`;
  if (error.code === 'EISDIR') return 'a folder was given in the place of a file';
  return 'path' in error ? `${String(error.path)} cannot be used: ${error.code}` : undefined;
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  const isHelp = name === '--help' || name === '-h';
  console[isHelp ? 'log' : 'error'](usage());
  process.exitCode = isHelp ? 0 : 2;
} else {
  try {
    await command.run(args);
  } catch (error) {
    const line = explain(error);
    if (line === undefined) throw error;
    console.error(`match ${name}: ${line}`);
    process.exitCode = 2;
  }
}

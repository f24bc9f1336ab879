import { readdir, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { parseIsoDate } from '#shared/domain/calendar/calendar-date.ts';
import { defaultAsOf, generateSampleData, type ManifestEntry } from '../sample-data/generate-sample-data.ts';
import { withNegativeValues } from '../demo/option-values.ts';
import { makeFolder } from '../make-folder.ts';
import { truthText } from '../sample-data/truth.ts';

const usage = `Usage: npm run sample-data -- --out DIR [--families 500] [--seed 1] [--as-of ${defaultAsOf}] [--force]`;

/** What the user can put right: shown as one line, without a stack. */
class UsageError extends Error {}

const most = 40_000;

const wholeNumber = (text: string, name: string, low: number, high: number): number => {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high)) throw new UsageError(`--${name} must be a whole number from ${String(low)} to ${String(high)}`);
  return value;
};

const readOptions = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: withNegativeValues(args),
    options: {
      families: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      'as-of': { type: 'string', default: defaultAsOf },
      out: { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.out === undefined || values.out === '') throw new UsageError(`say where to write with --out DIR. ${usage}`);
  if (parseIsoDate(values['as-of']) === undefined) throw new UsageError('--as-of must be a real date, YYYY-MM-DD');
  return {
    families: wholeNumber(values.families, 'families', 1, most),
    seed: wholeNumber(values.seed, 'seed', 0, Number.MAX_SAFE_INTEGER),
    asOf: values['as-of'],
    out: values.out,
    force: values.force,
  };
};

const prepareFolder = async (out: string, force: boolean): Promise<void> => {
  makeFolder(resolve(out));
  const present = await readdir(out);
  if (present.length > 0 && !force)
    throw new UsageError(`${out} is not empty: choose another folder, or add --force to write over what is there`);
};

const run = async (args: readonly string[]): Promise<void> => {
  const options = readOptions(args);
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const { out, force } = options;
  await prepareFolder(out, force);
  const { files, truth } = generateSampleData(options);
  const manifest: ManifestEntry[] = [];
  for (const { bytes, ...entry } of files) {
    await writeFile(join(out, entry.file), bytes);
    manifest.push(entry);
  }
  await writeFile(join(out, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  await pipeline(Readable.from(truthText(truth)), createWriteStream(join(out, 'truth.json')));
  const rows = manifest.reduce((sum, entry) => sum + entry.rows, 0);
  const eligible = truth.families.filter((family) => family.eligible).length;
  console.log(
    `${String(truth.families.length)} families (${String(eligible)} eligible on ${truth.asOf}), ${String(truth.persons.length)} people, ` +
      `${String(rows)} rows in ${String(manifest.length)} files in ${out}`,
  );
};

const systemErrors: Readonly<Record<string, string>> = {
  ENOENT: 'cannot be made: choose another folder for --out',
  ENOTDIR: 'is a file, or lies under one: choose a folder for --out',
  EACCES: 'cannot be written to: choose a folder of your own for --out, or change its permissions',
  EPERM: 'cannot be written to: choose a folder of your own for --out, or change its permissions',
  EROFS: 'cannot be written to: it is on a read-only disk',
  ENOSPC: 'cannot be written: the disk is full',
};

/** One line for what a user can cause: a mistyped option, a folder that cannot be written, a full disk. */
const explain = (error: unknown): string | undefined => {
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  if (error.code.startsWith('ERR_PARSE_ARGS')) return `${(error.message.split(/\. |\n/)[0] ?? '').replace(/\.$/, '')}. ${usage}`;
  const words = systemErrors[error.code];
  return words === undefined || !('path' in error) ? undefined : `${String(error.path)} ${words}`;
};

try {
  await run(process.argv.slice(2));
} catch (error) {
  const line = explain(error);
  if (line === undefined) throw error;
  console.error(`sample-data: ${line}`);
  process.exitCode = 1;
}

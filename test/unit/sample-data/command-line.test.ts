import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = join(import.meta.dirname, '../../../infra/local/cli/sample-data.ts');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sample-data-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Result {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

const run = (...args: string[]): Promise<Result> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (_error, output, errors) =>
      resolve({ code: child.exitCode ?? -1, output, errors }),
    );
  });

describe('the sample-data command', () => {
  it('writes twelve files, a manifest of them, and the truth apart', async () => {
    const out = join(folder, 'new');
    const { code, output } = await run('--families', '20', '--seed', '2', '--out', out);
    expect(code).toBe(0);
    expect(output).toMatch(/^2\d families \(\d+ eligible on 2026-09-30\), \d+ people, \d+ rows in 12 files in /);
    const names = await readdir(out);
    expect(names).toHaveLength(14);
    const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Record<string, unknown>[];
    expect(manifest).toHaveLength(12);
    expect(Object.keys(manifest[0] ?? {})).toEqual(['file', 'agency', 'feed', 'periodStart', 'periodEnd', 'agreement', 'rows']);
    expect(manifest.every(({ file }) => names.includes(String(file)))).toBe(true);
    const truth = JSON.parse(await readFile(join(out, 'truth.json'), 'utf8')) as Record<string, unknown>;
    expect(Object.keys(truth)).toEqual(['about', 'seed', 'asOf', 'neverJoin', 'persons', 'families', 'files']);
  });

  it('does not write into a folder that holds something, unless forced', async () => {
    await writeFile(join(folder, 'mine.txt'), 'keep');
    const refused = await run('--families', '5', '--out', folder);
    expect(refused).toMatchObject({ code: 1, output: '' });
    expect(refused.errors).toBe(`sample-data: ${folder} is not empty: choose another folder, or add --force to write over what is there\n`);
    const forced = await run('--families', '5', '--out', folder, '--force');
    expect(forced.code).toBe(0);
    expect(await readFile(join(folder, 'mine.txt'), 'utf8')).toBe('keep');
  });

  it.each([
    [['--families', '5'], 'say where to write with --out DIR'],
    [['--out', 'x', '--families', 'many'], '--families must be a whole number from 1 to 40000'],
    [['--out', 'x', '--families', '-3'], '--families must be a whole number from 1 to 40000'],
    [['--out', 'x', '--families', '0'], '--families must be a whole number from 1 to 40000'],
    [['--out', 'x', '--seed', '-1'], '--seed'],
    [['--out', 'x', '--seed=1.5'], '--seed must be a whole number'],
    [['--out', 'x', '--as-of', '2026-02-30'], '--as-of must be a real date, YYYY-MM-DD'],
    [['--out', 'x', '--families', '5', '--colour'], "Unknown option '--colour'"],
    [['--out', script], 'is a file, or lies under one: choose a folder for --out'],
  ])('says in one line what is wrong with %j', async (args, message) => {
    const { code, output, errors } = await run(...args);
    expect(code).toBe(1);
    expect(output).toBe('');
    expect(errors).toContain(message);
    expect(errors.trimEnd().split('\n')).toHaveLength(1);
  });

  it.runIf(existsSync('/proc/self'))(
    "gives up at once where no folder can be made; Node's own making of folders would try for ever",
    async () => {
      expect(await run('--out', '/proc/none')).toMatchObject({ code: 1, errors: expect.stringContaining('cannot be made') as string });
    },
  );

  it('explains itself when asked', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, errors: '', output: expect.stringContaining('--families 500') as string });
  });
});

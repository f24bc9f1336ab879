import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** What `npm start -- …` runs, with this machine's Node. */
const start = async (args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> => {
  const command = spawn(process.execPath, ['infra/local/cli/start.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  command.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  command.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const [code] = (await once(command, 'close')) as [number | null];
  return { code, out, error };
};

const small = ['--once', '--families', '5', '--portal-port', '0', '--api-port', '0'];

/** One line that says what to do, and nothing of how the program is made. */
const expectOneLine = ({ code, error }: Run, line: string | RegExp): void => {
  expect(code).toBe(1);
  expect(error.trimEnd().split('\n')).toHaveLength(1);
  expect(error.trimEnd()).toMatch(line);
};

describe('npm start', { timeout: 600_000 }, () => {
  it('with --once does the main job, prints what came of it and ends', async () => {
    const { code, out, error } = await start(small);
    expect(error).toBe('');
    expect(out).toMatch(/Sending 12 files with [\d,]+ rows about 5 families/);
    for (const feed of ['school-roll', 'police-incidents', 'dwp-benefits'])
      expect(out).toMatch(new RegExp(`${feed} +\\S+ +[\\d,]+ +[\\d,]+ +\\d+ +SF-`));
    expect(out).toMatch(/People in families \d+ · families \d+: \d+ eligible, \d+ not eligible, \d+ cannot be told/);
    for (const heading of ['H1', 'H2', 'H3', 'H4', 'H5', 'H6']) expect(out).toMatch(new RegExp(`${heading} .+ \\d+`));
    expect(out).toMatch(/ Done\n$/);
    expect(code).toBe(0);
  });

  it('says in one line that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    try {
      expectOneLine(
        await start(['--once', '--families', '5', '--api-port', '0', '--portal-port', port]),
        new RegExp(
          `^start: Port ${port} for the portal is taken: stop the program that uses it, or choose another port\\. --portal-port NUMBER chooses it\\.$`,
        ),
      );
    } finally {
      other.close();
    }
  });

  it('says in one line that a folder cannot be written to', async () => {
    expectOneLine(await start([...small, '--data', '/dev/null/data']), /^start: \/dev\/null\/data cannot be written to: /);
  });

  it('says in one line that Java is missing', async () => {
    const path = mkdtempSync(join(tmpdir(), 'no-java-'));
    try {
      symlinkSync(process.execPath, join(path, 'node'));
      expectOneLine(await start(small, { PATH: path, JAVA_HOME: '' }), /^start: .*Java/);
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  });

  it.each([
    [['--families', 'many'], /^start: --families must be a whole number from 1 to 5000\./],
    [['--portal-port', '70000'], /^start: --portal-port must be a whole number/],
    [['--fast'], /^start: Unknown option '--fast'/],
  ])('says in one line what is wrong with %j', async (args, line) => {
    expectOneLine(await start(args), line);
  });

  it('says how it is used', async () => {
    const { code, out } = await start(['--help']);
    expect(out).toMatch(/^Usage: npm start -- /);
    expect(code).toBe(0);
  });
});

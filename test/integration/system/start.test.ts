import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { roleSchema } from '#shared/domain/access/access.ts';

const root = join(import.meta.dirname, '../../..');

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** What `npm start -- …` runs, with this machine's Node. `until`: words after which the promise `said` resolves with everything so far. */
const begin = (args: readonly string[], environment: NodeJS.ProcessEnv = {}, until = '', nodeOptions: readonly string[] = []) => {
  const command = spawn(process.execPath, [...nodeOptions, 'infra/local/cli/start.mjs', ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  command.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const said = new Promise<string>((resolve, reject) => {
    command.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (until !== '' && out.includes(until)) resolve(out);
    });
    command.on('close', () => reject(new Error(`It ended before it said "${until}": ${out}${error}`)));
  });
  said.catch(() => undefined);
  const ended = once(command, 'close').then(([code]): Run => ({ code: typeof code === 'number' ? code : null, out, error }));
  return { said, ended, stop: () => command.kill('SIGINT') };
};

const start = (...parameters: Parameters<typeof begin>): Promise<Run> => begin(...parameters).ended;

/** A folder of programs to stand first, or alone, on the path. */
const programs = (scripts: Readonly<Record<string, string>>): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  symlinkSync(process.execPath, join(folder, 'node'));
  for (const [name, script] of Object.entries(scripts)) writeFileSync(join(folder, name), script, { mode: 0o755 });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** As much of curl as the lines use that are printed; not every machine that tests has it. Prints status and body. */
const curl = `#!/usr/bin/env node
const [first, ...words] = process.argv.slice(2);
if (first !== '-s') throw new Error('not as printed');
const headers = new Headers();
let [body, url] = [undefined, ''];
for (let at = 0; at < words.length; at++) {
  if (words[at] === '-H') headers.set(...words[++at].split(/: (.*)/s).slice(0, 2));
  else if (words[at] === '-d') body = words[++at];
  else url = words[at];
}
const answer = await fetch(url, { headers, body, method: body === undefined ? 'GET' : 'POST' });
console.log(JSON.stringify([answer.status, await answer.json()]));
`;

const small = ['--once', '--families', '5', '--portal-port', '0', '--api-port', '0'];

/** One line that says what to do, and nothing of how the program is made. */
const expectOneLine = ({ code, error }: Pick<Run, 'code' | 'error'>, line: string | RegExp): void => {
  expect(code).toBe(1);
  expect(error.trimEnd().split('\n')).toHaveLength(1);
  if (typeof line === 'string') expect(error).toContain(line);
  else expect(error.trimEnd()).toMatch(line);
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

  it('stays up with lines to paste, lets nobody else at its data, and goes on with them the next time', async () => {
    const data = mkdtempSync(join(tmpdir(), "kept by o'neill "));
    const { folder, remove } = programs({ curl });
    const again = [...small, '--data', data];
    const first = begin(again.slice(1), {}, 'Press Ctrl+C to stop.');
    try {
      const out = await first.said;
      const files = readdirSync(join(data, 'tokens'));
      expect(files.toSorted()).toEqual([...roleSchema.options, 'programme-officer-2'].toSorted());
      for (const name of files) expect(statSync(join(data, 'tokens', name)).mode & 0o777).toBe(0o600);
      for (const name of files) expect(out).not.toContain(readFileSync(join(data, 'tokens', name), 'utf8'));

      const lines = out.split('\n').filter((line) => line.startsWith('  curl '));
      expect(lines).toHaveLength(3);
      const answers = lines.map((line) => {
        const said = execFileSync('sh', ['-c', line], {
          encoding: 'utf8',
          env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
        });
        return z.tuple([z.int(), z.looseObject({ items: z.array(z.unknown()).optional() })]).parse(JSON.parse(said));
      });
      expect(answers.map(([status]) => status)).toEqual([200, 200, 200]);
      expect(answers[2]?.[1].items).not.toEqual([]);

      expectOneLine(await start(again), `start: ${data} is in use by another start (process `);
    } finally {
      first.stop();
      remove();
    }
    expect(await first.ended).toMatchObject({ code: 0, error: '' });
    expect(existsSync(join(data, 'tokens'))).toBe(false);

    const second = await start(again);
    expect(second.out).toContain('12 of the 12 files had been sent before and were not sent again');
    expect(second).toMatchObject({ code: 0, error: '' });
    rmSync(data, { recursive: true, force: true });
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

  it.each([
    ['is missing', {}, /^start: Java is missing: install Java 17 or later/],
    [
      'is too old',
      { java: '#!/bin/sh\necho \'openjdk version "11.0.22" 2024-01-16\' >&2\n' },
      /^start: Java 11 is too old: install Java 17 or later/,
    ],
    ['is very old', { java: '#!/bin/sh\necho \'java version "1.8.0_402"\' >&2\n' }, /^start: Java 8 is too old: install Java 17 or later/],
  ])('says in one line that Java %s', async (_what, scripts, line) => {
    const { folder, remove } = programs(scripts);
    try {
      expectOneLine(await start(small, { PATH: folder, JAVA_HOME: '' }), line);
    } finally {
      remove();
    }
  });

  it('says in one line that Node is too old, before it loads anything that an old Node cannot read', async () => {
    const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})`;
    expectOneLine(
      await start(small, {}, '', ['--no-experimental-strip-types', '--import', older]),
      /^start: Node 20\.20\.2 is too old: use Node 24 or later/,
    );
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

import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodFile, hostileFiles } from '#test/support/hostile-files.ts';

const reader = join(import.meta.dirname, '../../../support/read-hostile-files.ts');
const secondsAllowed = 5;
const megabytesAllowed = 256;

interface Outcome {
  readonly name: string;
  readonly codes: readonly string[];
  readonly rows: number;
  readonly seconds: number;
  readonly next: { readonly codes: readonly string[]; readonly rows: number };
  readonly peakMegabytes: number;
}

describe.each(['page', 'other'])('A hostile file at the door: %s', (door) => {
  let folder: string;
  const outcomes = new Map<string, Outcome>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hostile-'));
    const files = await mkdtemp(join(folder, 'files-'));
    await writeFile(join(folder, 'good.csv'), goodFile);
    for (const [index, { source }] of hostileFiles.entries()) {
      const made = source();
      const handle = await open(join(files, String(index)), 'w');
      if (made instanceof Uint8Array) await handle.writeFile(made);
      else for await (const piece of made.read(0, made.size)) await handle.write(piece);
      await handle.close();
    }
    const { stdout } = await promisify(execFile)(process.execPath, [reader, files, join(folder, 'good.csv'), door]);
    for (const line of stdout.trim().split('\n')) {
      const outcome = JSON.parse(line) as Outcome;
      outcomes.set(hostileFiles[Number(outcome.name)]?.name ?? '', outcome);
    }
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(hostileFiles)('($name) is refused as $code, soon, in little memory, and the next is read', ({ name, code }) => {
    const outcome = outcomes.get(name);
    expect(outcome?.codes).toContain(code);
    expect(outcome?.rows).toBe(0);
    expect(outcome?.seconds).toBeLessThan(secondsAllowed);
    expect(outcome?.peakMegabytes).toBeLessThan(megabytesAllowed);
    expect(outcome?.next).toEqual({ codes: [], rows: 1 });
  });
});

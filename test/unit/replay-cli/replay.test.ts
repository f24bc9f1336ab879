import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { evaluateFamily } from '#shared/domain/eligibility/evaluate-family.ts';
import { familiesFirst } from '#shared/domain/eligibility/rule-sets/families-first.ts';
import { sealDetermination } from '#shared/domain/eligibility/replay/seal-determination.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const question = {
  family: { asAt: '2026-11-23', members: [] },
  coverage: [],
  ruleSet: familiesFirst,
  termCalendar: usualTerms,
};
const record = sealDetermination(
  { familyId: 'FAMILY', version: 1, determinedAt: '2026-11-23T09:00:00.000Z', determination: evaluateFamily(question), ...question },
  { sha256: (text) => createHash('sha256').update(text).digest('hex'), nonceOf: () => 'nonce' },
);

const replay = (content: string, ...args: readonly string[]) => {
  const file = join(folder, 'record.json');
  writeFileSync(file, content);
  const cli = new URL('../../../infra/local/cli/replay.ts', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...(args.length > 0 ? args : [file])], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('npm run replay', () => {
  it('says that a determination made again is the same, and ends with 0', () => {
    const { status, stdout } = replay(JSON.stringify(record));
    expect(status).toBe(0);
    expect(stdout).toContain('Determination 1 of family FAMILY, made 2026-11-23T09:00:00.000Z, as at 2026-11-23');
    expect(stdout).toContain(`every byte is the same (SHA-256 ${record.sealed.determination})`);
  });

  it('says what is broken, and ends with 1', () => {
    const { status, stdout } = replay(JSON.stringify({ ...record, version: 2 }));
    expect(status).toBe(1);
    expect(stdout).toContain('The seal does not fit the record');
  });

  it.each([
    ['not a record', '{}'],
    ['not JSON', 'x'],
  ])('says in one line that a file is %s, and ends with 2', (_, content) => {
    const { status, stderr } = replay(content);
    expect(status).toBe(2);
    expect(stderr).toMatch(/is no determination record that can be read/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('asks for the file where none is named', () => {
    expect(replay('{}', '')).toMatchObject({
      status: 2,
      stderr: 'Say which determination: npm run replay -- FILE. FILE is a determination record, as JSON.\n',
    });
  });
});

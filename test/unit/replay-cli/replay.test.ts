import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateFamily } from '#shared/domain/eligibility/evaluate-family.ts';
import { canonicalJson } from '#shared/domain/eligibility/replay/canonical-json.ts';
import { familiesFirst } from '#shared/domain/eligibility/rule-sets/families-first.ts';
import { sealDetermination } from '#shared/domain/eligibility/replay/seal-determination.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const cli = new URL('../../../infra/local/cli/replay.ts', import.meta.url).pathname;

const question = {
  family: { asAt: '2026-11-23', members: [] },
  coverage: [],
  ruleSet: familiesFirst,
  termCalendar: usualTerms,
};
const record = sealDetermination(
  { familyId: 'FAMILY', version: 1, determinedAt: '2026-11-23T09:00:00.000Z', determination: evaluateFamily(question), ...question },
  { sha256: hash, nonceOf: () => 'nonce' },
);

const replay = (content: string, ...args: readonly string[]) => {
  const file = join(folder, 'record.json');
  writeFileSync(file, content);
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

  it('says how to name a determination where none is named', () => {
    const { status, stderr } = replay('{}', '');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Say which determination:\n {2}npm run replay -- FAMILY VERSION .*\n {2}npm run replay -- FILE /);
  });

  it('says of each part what it was and what it is where the engine answers otherwise', () => {
    const determination = { ...record.determination, says: 'Something else.' };
    const sealed = { ...record.sealed, determination: hash(canonicalJson(determination)) };
    const seal = hash(canonicalJson({ familyId: 'FAMILY', version: 1, determinedAt: record.determinedAt, engine: record.engine, sealed }));
    const { status, stdout } = replay(JSON.stringify({ ...record, determination, sealed, seal }));
    expect(status).toBe(1);
    expect(stdout).toContain('What differs, 1 in all:');
    expect(stdout).toContain(`  says: "Something else." then, ${JSON.stringify(record.determination.says)} now`);
  });

  it('names each erased row and its erasure', () => {
    const rows = [{ uploadId: 'UPLOAD', row: 7, sha256: 'f'.repeat(64) }];
    const member = {
      personId: 'PERSON',
      birthDate: '2014-05-05',
      parent: false,
      lives: 'in-the-household' as const,
      restricted: false,
      rows,
    };
    const sealed = { ...record.sealed, family: { ...record.sealed.family, members: [member] } };
    const seal = hash(canonicalJson({ familyId: 'FAMILY', version: 1, determinedAt: record.determinedAt, engine: record.engine, sealed }));
    const erasures = [{ uploadId: 'UPLOAD', row: 7, erasureId: 'ERASURE-1', on: '2027-01-02', because: 'Asked for by the person' }];
    const { status, stdout } = replay(JSON.stringify({ ...record, sealed, seal, erasures }));
    expect(stdout).toContain(
      'row 7 of upload UPLOAD about person PERSON: erased on 2027-01-02, erasure ERASURE-1: Asked for by the person',
    );
    expect(status).toBe(0);
  });
});

describe('npm run replay of a determination by family and version', () => {
  const familyId = '01KA0000000000000000000000';
  const asked: { url: string | undefined; purpose: unknown; authorization: unknown }[] = [];
  const answers: Readonly<Record<string, readonly [number, unknown]>> = {
    [`/v1/families/${familyId}/determinations/1/record`]: [200, record],
  };
  const server = createServer(({ url, headers }, response) => {
    asked.push({ url, purpose: headers['x-purpose'], authorization: headers.authorization });
    const [status, body] = answers[url ?? ''] ?? [404, { code: 'determination-not-found', title: 'There is no such determination' }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  let api = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    api = `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : '')}`;
  });
  afterAll(() => server.close());
  const run = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
      const { API: _, TOKEN: __, ...others } = process.env;
      const child = spawn(process.execPath, [cli, ...args], { env: { ...others, ...env } });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (text) => (stdout += String(text)));
      child.stderr.on('data', (text) => (stderr += String(text)));
      child.on('close', (status) => {
        resolve({ status, stdout, stderr });
      });
    });

  it('reads the record with the token and says that it is the same', async () => {
    const { status, stdout } = await run({ API: api, TOKEN: 'a-token' }, familyId, '1');
    expect(stdout).toContain('Identical');
    expect(status).toBe(0);
    expect(asked.at(-1)).toEqual({
      url: `/v1/families/${familyId}/determinations/1/record`,
      purpose: 'audit',
      authorization: 'Bearer a-token',
    });
  });

  it('says in one line what stands in the way, and ends with 2', async () => {
    expect(await run({ API: `${api}/v1`, TOKEN: 'a-token' }, `${familyId}/2`)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'readDeterminationRecord: 404 determination-not-found: There is no such determination\n',
    });
    const seen = asked.length;
    expect((await run({ API: 'http://example.org', TOKEN: 'a-token' }, familyId, '1')).stderr).toMatch(/^API must be the https address/);
    expect((await run({ API: api }, familyId, '1')).stderr).toMatch(/^Set API to the address of the service, and TOKEN/);
    expect(asked).toHaveLength(seen);
  });
});

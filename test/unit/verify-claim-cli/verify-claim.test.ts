import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packClaim } from '#shared/domain/claims/claim-pack.ts';
import { canonicalJson } from '#shared/domain/eligibility/replay/canonical-json.ts';
import { evaluateFamily } from '#shared/domain/eligibility/evaluate-family.ts';
import { sealDetermination } from '#shared/domain/eligibility/replay/seal-determination.ts';
import { sha256 } from '#shared/services/rules/hash-of.ts';
import { aClaim, joinedOn, members } from '../domain/claims/a-claim.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-claim-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { basis, ...rest } = aClaim({ audit: { by: 'auditor', on: '2026-11-23', accepted: true } });
const question = {
  family: { asAt: joinedOn, members: members() },
  coverage: basis.coverage,
  ruleSet: basis.ruleSet,
  termCalendar: basis.termCalendar,
};
const determination = evaluateFamily(question);
const entry = sealDetermination(
  { familyId: 'FAMILY', version: 1, determinedAt: '2025-06-01T09:00:00.000Z', determination, ...question },
  { sha256, nonceOf: () => 'nonce' },
);
const pack = packClaim('CLAIM', { ...rest, basis, atEntry: determination }, entry, sha256);

const verify = (content: string, ...args: readonly string[]) => {
  const file = join(folder, 'pack.json');
  writeFileSync(file, content);
  const cli = new URL('../../../infra/local/cli/verify-claim.ts', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...(args.length > 0 ? args : [file])], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('npm run verify-claim', () => {
  it('says that a pack is as it was packed, with its hash and the sixteen checks, and ends with 0', () => {
    const { status, stdout } = verify(JSON.stringify(pack));
    expect(status, stdout).toBe(0);
    expect(stdout).toContain(`SHA-256 of the pack: ${sha256(canonicalJson(pack))}`);
    expect(stdout).toContain('  16 not-applicable discretion-explained');
    expect(stdout).toContain('The pack agrees with itself. Whether it is the one that was approved is known only with --sha256');
    expect(stdout).not.toContain('Verified');
    expect(stdout).toContain('The claim is valid.');
  });

  it('says that it is the pack approved only where the hash given is its own', () => {
    const file = join(folder, 'pack.json');
    const own = sha256(canonicalJson(pack));
    const same = verify(JSON.stringify(pack), file, '--sha256', own.toUpperCase());
    expect(same).toMatchObject({ status: 0 });
    expect(same.stdout).toContain('Verified: nothing was changed since it was packed');
    const renamed = verify(JSON.stringify({ ...pack, claimId: 'ANOTHER' }), file, '--sha256', own);
    expect(renamed).toMatchObject({ status: 1 });
    expect(renamed.stdout).toContain('The pack is not the one with the SHA-256 given.');
    expect(verify(JSON.stringify(pack), file, '--sha256', 'abc')).toMatchObject({ status: 2 });
  });

  it('says what was changed, and ends with 1', () => {
    const later = { ...pack, claim: { ...pack.claim, casework: { ...pack.claim.casework, agencies: [] } } };
    const { status, stdout } = verify(JSON.stringify(later));
    expect(status).toBe(1);
    expect(stdout).toContain('The claim is not the one that was packed.');
    expect(stdout).toContain('The checks do not come out as the pack says.');
  });

  it.each([
    ['not a pack', '{}'],
    ['not JSON', '{'],
  ])('says that a file is %s, and ends with 2', (_, content) => {
    const { status, stderr } = verify(content);
    expect(status).toBe(2);
    expect(stderr).toContain('is no claim pack that can be read');
  });

  it('asks for a file', () => {
    expect(verify('{}', '')).toMatchObject({ status: 2 });
  });
});

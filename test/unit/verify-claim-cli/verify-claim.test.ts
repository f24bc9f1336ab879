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
    expect(stdout).toContain('Verified: nothing was changed since it was packed');
    expect(stdout).toContain('The claim is valid.');
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

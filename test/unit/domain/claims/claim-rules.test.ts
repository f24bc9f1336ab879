import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { packClaim, verifyClaimPack } from '#shared/domain/claims/claim-pack.ts';
import { drawSample } from '#shared/domain/claims/draw-sample.ts';
import { countAgainstTargets, knowsleyTargets } from '#shared/domain/claims/programme-targets.ts';
import { sealDetermination } from '#shared/domain/eligibility/replay/seal-determination.ts';
import { evaluateFamily } from '#shared/domain/eligibility/evaluate-family.ts';
import { aClaim, joinedOn, members } from './a-claim.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

describe('A sample for a spot check', () => {
  const ids = Array.from({ length: 257 }, (_, index) => `claim-${String(index)}`);

  it('is a tenth, rounded up, without repeats, and the same for the same seed whatever the order', () => {
    const sample = drawSample(ids, { seed: 42 });
    expect(sample).toMatchObject({ seed: 42, percent: 10, of: 257 });
    expect(new Set(sample.claimIds).size).toBe(26);
    expect(drawSample(ids.toReversed(), { seed: 42 })).toEqual(sample);
    expect(drawSample(ids, { seed: 43 })).not.toEqual(sample);
    expect(drawSample([], { seed: 1 }).claimIds).toEqual([]);
    expect(drawSample(['one'], { seed: 1 }).claimIds).toEqual(['one']);
  });

  it('draws each claim about equally often', () => {
    const drawn = new Map<string, number>();
    const few = ids.slice(0, 50);
    for (let seed = 0; seed < 4000; seed += 1) for (const id of drawSample(few, { seed }).claimIds) drawn.set(id, (drawn.get(id) ?? 0) + 1);
    // 400 expected of each, standard deviation 19: five of them either way.
    for (const id of few) expect(Math.abs((drawn.get(id) ?? 0) - 400)).toBeLessThan(95);
  });
});

describe('Counts against targets', () => {
  it('count each family once, under its own rules', () => {
    const of = (ruleSetId: string, ...familyIds: string[]) => familyIds.map((familyId) => ({ familyId, ruleSetId }));
    const standing = countAgainstTargets(knowsleyTargets, {
      accepted: of('troubled-families-expanded', 'A', 'B', 'B'),
      claimed: [...of('troubled-families-phase-1', 'A', 'A', 'C', 'D'), ...of('troubled-families-expanded', 'A')],
    });
    expect(standing.map(({ reached, says }) => [reached, says])).toEqual([
      [3, '3 of 620 families turned around.'],
      [2, '2 of 1900 families worked with.'],
    ]);
  });
});

describe('A claim pack', () => {
  const { basis, ...claim } = aClaim();
  const family = { asAt: joinedOn, members: members() };
  const question = { family, coverage: basis.coverage, ruleSet: basis.ruleSet, termCalendar: basis.termCalendar };
  const determination = evaluateFamily(question);
  const entry = sealDetermination(
    { familyId: 'FAMILY', version: 1, determinedAt: '2025-06-01T09:00:00.000Z', determination, ...question },
    { sha256, nonceOf: ({ row }) => `nonce ${String(row)}` },
  );
  const pack = packClaim('CLAIM', { ...claim, basis, atEntry: determination }, entry, sha256);
  const read = () => JSON.parse(JSON.stringify(pack)) as typeof pack;

  it('verifies offline, out of a file', () => {
    expect(verifyClaimPack(read(), sha256)).toEqual([]);
    expect(pack.decision.standing).toBe('ready-for-audit');
  });

  it('does not where a check, the casework or the determination was changed', () => {
    const better = { ...pack.decision, standing: 'valid' as const };
    expect(verifyClaimPack({ ...read(), decision: better }, sha256)).toEqual([
      'The decision is not the one that was packed.',
      'The checks do not come out as the pack says.',
    ]);
    const casework = { ...pack.claim.casework, agencies: [] };
    expect(verifyClaimPack({ ...read(), claim: { ...pack.claim, casework } }, sha256)[0]).toBe('The claim is not the one that was packed.');
    const broken = { ...entry, familyId: 'ANOTHER' };
    expect(verifyClaimPack({ ...read(), entry: broken }, sha256)).toEqual([
      'The entry is not the one that was packed.',
      'The determination sealed is of another family than the claim’s.',
      'The seal does not fit the record: a name, a date or a reference was changed.',
    ]);
  });
});

import type { NewSample } from '../../contracts/http/claim-routes.ts';
import type { Principal } from '../../domain/access/access.ts';
import { caseExpiresOn } from '../../domain/cases/case-retention.ts';
import { largestPopulation, type ClaimSample } from '../../domain/claims/claim-sample.ts';
import { drawSample } from '../../domain/claims/draw-sample.ts';
import { Refusal } from '../refusal.ts';
import type { IdempotentRequest } from '../uploads/idempotency.ts';
import type { ClaimPorts } from './claim-ports.ts';

const pageSize = 500;

/** Throws `sample-not-found`. */
export const findSample = async ({ claims }: Pick<ClaimPorts, 'claims'>, sampleId: string): Promise<ClaimSample> => {
  const sample = await claims.findSample(sampleId);
  if (sample === undefined) throw new Refusal('sample-not-found', { about: [sampleId] });
  return sample;
};

/** Claims submitted in the time asked for, under the rules asked for. */
const populationOf = async ({ claims }: Pick<ClaimPorts, 'claims'>, { from, to, ruleSetId }: NewSample): Promise<readonly string[]> => {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await claims.listClaims('submitted', { limit: pageSize, cursor, between: [from, to] });
    found.push(...page.items.flatMap(({ claimId, ruleSet }) => (ruleSetId === undefined || ruleSet.id === ruleSetId ? [claimId] : [])));
    if (found.length > largestPopulation) throw tooMany();
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found.toSorted();
};

/**
 * Draws a random sample of submitted claims for a spot check and records how: seed, share, the list it was drawn from. Each claim is as
 * likely as any other.
 *
 * Throws `invalid-request`, `state-conflict`, `idempotency-key-reused`.
 */
export const drawClaimSample = async (
  ports: ClaimPorts,
  { asked, by, idempotencyKey }: { readonly asked: NewSample; readonly by: Principal; readonly idempotencyKey: string },
): Promise<ClaimSample> => {
  if (asked.to <= asked.from) throw backwards();
  if (asked.to > ports.clock.today()) throw notOver();
  const mark: IdempotentRequest = {
    operation: 'drawClaimSample',
    actorId: by.id,
    key: idempotencyKey,
    request: JSON.stringify([asked.from, asked.to, asked.ruleSetId ?? null, asked.percent ?? null, asked.seed ?? null]),
  };
  const before = await ports.idempotency.begin(mark);
  if (before.kind === 'mismatch') throw new Refusal('idempotency-key-reused');
  if (before.kind === 'replay') return findSample(ports, before.resourceId);
  const population = await populationOf(ports, asked);
  const { seed, percent, of, claimIds } = drawSample(population, { seed: asked.seed ?? ports.newSeed(), percent: asked.percent ?? 10 });
  const at = ports.clock.now();
  const sample: ClaimSample = {
    sampleId: ports.newId(),
    drawnBy: by.id,
    drawnAt: at,
    from: asked.from,
    to: asked.to,
    ...(asked.ruleSetId !== undefined && { ruleSetId: asked.ruleSetId }),
    seed,
    percent,
    of,
    claimIds: [...claimIds],
    population: [...population],
    expiresOn: caseExpiresOn(at),
  };
  const { ok } = await ports.transactions.commit([
    ports.claims.sampleFragment(sample),
    ports.idempotency.fragment(mark, { resourceId: sample.sampleId, at }),
  ]);
  if (ok) return sample;
  const meanwhile = await ports.idempotency.begin(mark);
  if (meanwhile.kind === 'replay') return findSample(ports, meanwhile.resourceId);
  throw new Refusal('try-again');
};

const backwards = (): Refusal =>
  new Refusal('invalid-request', {
    errors: [{ pointer: '/body/to', code: 'backwards', message: 'The time ends before it begins.', fix: 'Give a day after `from`.' }],
  });

/** Claims of today may still come: the draw would be from a part of them. */
const notOver = (): Refusal =>
  new Refusal('invalid-request', {
    errors: [
      {
        pointer: '/body/to',
        code: 'in-the-future',
        message: 'The time is not over: more claims may be submitted in it.',
        fix: 'Give today, or a day before it.',
      },
    ],
  });

const tooMany = (): Refusal =>
  new Refusal('state-conflict', {
    errors: [
      {
        pointer: '/body/from',
        code: 'too-many-claims',
        message: `More than ${String(largestPopulation)} claims were submitted in this time.`,
        fix: 'Draw from a shorter time.',
      },
    ],
  });

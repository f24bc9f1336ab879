import { caseRoutes } from '#shared/contracts/http/case-routes.ts';
import { claimRoutes } from '#shared/contracts/http/claim-routes.ts';
import type { Claim } from '#shared/domain/claims/claim.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { decideFamily } from '#shared/services/cases/decide-family.ts';
import { caseView, findCase, subjectsOfCase, versionSeen, type FoundCase } from '#shared/services/cases/find-case.ts';
import { listCases } from '#shared/services/cases/list-cases.ts';
import { recordFact } from '#shared/services/cases/record-fact.ts';
import type { ClaimPorts } from '#shared/services/claims/claim-ports.ts';
import { drawClaimSample, findSample } from '#shared/services/claims/draw-claim-sample.ts';
import { proposeClaim } from '#shared/services/claims/propose-claim.ts';
import { claimView, listClaims, readClaim, readClaimPack } from '#shared/services/claims/read-claims.ts';
import { readOutcomes } from '#shared/services/claims/read-outcomes.ts';
import { readProgrammeCounts } from '#shared/services/claims/read-programme-counts.ts';
import { auditClaim, submitClaim, withdrawClaim } from '#shared/services/claims/step-claim.ts';

const [list, read, decide, record, outcomes] = caseRoutes;
const [propose, listAll, readOne, audit, submit, withdraw, pack, draw, listSamples, readSample, counts] = claimRoutes;

const cased = (found: FoundCase) => ({ body: caseView(found), etag: versionSeen(found), subjects: subjectsOfCase(found) });

const subjectsOf = ({ claimId, familyId }: Pick<Claim, 'claimId' | 'familyId'>): readonly string[] => [claimId, familyId];

export const routes = (ports: ClaimPorts): RouteHandlers => {
  const claimed = async (claim: Claim) => ({ body: await claimView(ports, claim), etag: claim.version, subjects: subjectsOf(claim) });
  return [
    handle(list, async ({ query }) => {
      const page = await listCases(ports, query);
      return { body: page, subjects: page.items.map(({ familyId }) => familyId) };
    }),
    handle(read, async ({ path, principal }) => cased(await findCase(ports, { familyId: path.familyId, roles: principal.roles }))),
    handle(decide, async ({ path, body, ifMatch, principal }) => ({
      ...cased(await decideFamily(ports, { familyId: path.familyId, ifMatch, decision: body, by: principal })),
      location: `/v1/families/${path.familyId}/case`,
    })),
    handle(record, async ({ path, body, ifMatch, principal }) => ({
      ...cased(await recordFact(ports, { familyId: path.familyId, ifMatch, newFact: body, by: principal })),
      location: `/v1/families/${path.familyId}/case`,
    })),
    handle(outcomes, async ({ path, principal }) => {
      const { view, subjects } = await readOutcomes(ports, { familyId: path.familyId, roles: principal.roles });
      return { body: view, subjects };
    }),
    handle(propose, async ({ body, idempotencyKey, principal }) => {
      const claim = await proposeClaim(ports, { ...body, idempotencyKey, by: principal });
      return { ...(await claimed(claim)), location: `/v1/claims/${claim.claimId}` };
    }),
    handle(listAll, async ({ query }) => {
      const page = await listClaims(ports, query);
      return { body: page, subjects: page.items.flatMap(subjectsOf) };
    }),
    handle(readOne, async ({ path }) => {
      const view = await readClaim(ports, path.claimId);
      return { body: view, etag: view.version, subjects: subjectsOf(view) };
    }),
    handle(audit, async ({ path, body, ifMatch, principal }) =>
      claimed(await auditClaim(ports, { ...body, claimId: path.claimId, ifMatch, by: principal })),
    ),
    handle(submit, async ({ path, ifMatch, principal }) =>
      claimed(await submitClaim(ports, { claimId: path.claimId, ifMatch, by: principal })),
    ),
    handle(withdraw, async ({ path, body, ifMatch, principal }) =>
      claimed(await withdrawClaim(ports, { claimId: path.claimId, ifMatch, reason: body.reason, by: principal })),
    ),
    handle(pack, async ({ path }) => {
      const { claim, pack: body } = await readClaimPack(ports, path.claimId);
      const people = body.claim.basis.family.members.map(({ personId }) => personId);
      return { body, etag: claim.version, subjects: [...subjectsOf(claim), ...people] };
    }),
    handle(draw, async ({ body, idempotencyKey, principal }) => {
      const sample = await drawClaimSample(ports, { asked: body, idempotencyKey, by: principal });
      return { body: sample, location: `/v1/claim-samples/${sample.sampleId}`, subjects: [sample.sampleId] };
    }),
    handle(listSamples, async ({ query }) => {
      const page = await ports.claims.listSamples(query);
      return { body: page, subjects: page.items.map(({ sampleId }) => sampleId) };
    }),
    handle(readSample, async ({ path }) => {
      const sample = await findSample(ports, path.sampleId);
      return { body: sample, subjects: [sample.sampleId] };
    }),
    handle(counts, async ({ principal }) => ({ body: await readProgrammeCounts(ports, principal.roles), subjects: [] })),
  ];
};

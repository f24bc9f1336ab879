import * as z from 'zod';
import { claimSampleSchema } from '../../domain/claims/claim-sample.ts';
import { claimSchema } from '../../domain/claims/claim.ts';
import type { ClaimRepository } from '../../services/claims/claim-repository.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { packedWrites, readPacked } from '../packed-content.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import {
  claimKey,
  claimList,
  claimPartition,
  markKey,
  drawnPrefix,
  packPrefix,
  sampleKey,
  samplePartition,
  sampleList,
  schemaVersion,
} from './claim-items.ts';

const markSchema = z.object({ familyId: z.ulid(), ruleSetId: z.string(), claimId: z.ulid() });

const sampleSummarySchema = claimSampleSchema.omit({ claimIds: true, population: true });
const drawnSchema = claimSampleSchema.pick({ claimIds: true, population: true });

/** Claims, what they rest on, and the marks that keep a family from being claimed for twice (docs/access-patterns.md). */
export const dynamoClaimRepository = (table: DocumentTable): ClaimRepository => ({
  findClaims: (claimIds) => table.batchGet([...new Set(claimIds)].map(claimKey), claimSchema),

  listClaims: (state, page) => table.query({ ...page, partition: claimList(state), index: listingIndex }, claimSchema),

  claimFragment: (claim) =>
    fragmentOf([
      table.putWrite(
        {
          ...claimKey(claim.claimId),
          ...claim,
          ...expiry(claim.expiresOn),
          schemaVersion,
          listPk: claimList(claim.state),
          listSk: `${claim.since}#${claim.claimId}`,
        },
        condition.version(claim.version === 1 ? undefined : claim.version - 1),
      ),
    ]),

  findMarks: (familyIds, ruleSetId) =>
    table.batchGet(
      [...new Set(familyIds)].map((familyId) => markKey(familyId, ruleSetId)),
      markSchema,
    ),

  markFragment: (mark, expiresOn, replaces) =>
    fragmentOf([
      table.putWrite(
        { ...markKey(mark.familyId, mark.ruleSetId), ...mark, ...expiry(expiresOn), schemaVersion },
        replaces === undefined ? condition.absent('pk') : condition.equals('claimId', replaces),
      ),
    ]),

  unmarkFragment: ({ familyId, ruleSetId, claimId }) =>
    fragmentOf([table.deleteWrite(markKey(familyId, ruleSetId), condition.equals('claimId', claimId))]),

  packFragment: (claimId, text, expiresOn) =>
    fragmentOf(packedWrites(table, { partition: claimPartition(claimId), prefix: packPrefix, text, expiresOn })),

  readPack: (claimId) => readPacked(table, claimPartition(claimId), packPrefix),

  sampleFragment: ({ claimIds, population, ...summary }) =>
    fragmentOf([
      table.putWrite(
        {
          ...sampleKey(summary.sampleId),
          ...summary,
          ...expiry(summary.expiresOn),
          schemaVersion,
          listPk: sampleList,
          listSk: summary.sampleId,
        },
        condition.absent('pk'),
      ),
      // The lists of claims are long, and the list of samples need not carry them.
      ...packedWrites(table, {
        partition: samplePartition(summary.sampleId),
        prefix: drawnPrefix,
        text: JSON.stringify({ claimIds, population }),
        expiresOn: summary.expiresOn,
      }),
    ]),

  findSample: async (sampleId) => {
    const [summary, drawn] = await Promise.all([
      table.get(sampleKey(sampleId), sampleSummarySchema),
      readPacked(table, samplePartition(sampleId), drawnPrefix),
    ]);
    return summary === undefined || drawn === undefined ? undefined : { ...summary, ...drawnSchema.parse(JSON.parse(drawn)) };
  },

  listSamples: (page) => table.query({ ...page, partition: sampleList, index: listingIndex, descending: true }, sampleSummarySchema),
});

import * as z from 'zod';
import { feedIds } from '../../domain/feeds/feed-ids.ts';
import { isoDateSchema } from '../../domain/calendar/calendar-date.ts';
import type { CoverageStore } from '../../services/ingest/record-store.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { fragmentOf } from '../transactions.ts';
import { coverageKey, coveragePartition, epochKey, schemaVersion } from './record-items.ts';

const snapshotSchema = z.object({ uploadId: z.ulid(), periodEnd: isoDateSchema });
const feedCoverageSchema = z.object({
  agency: z.string(),
  feed: z.enum(feedIds),
  periods: z.array(z.object({ uploadId: z.ulid(), from: isoDateSchema, to: isoDateSchema })),
  head: snapshotSchema.optional(),
  begun: snapshotSchema.optional(),
  overtaken: z.array(snapshotSchema).optional(),
  withdrawing: z.array(z.ulid()).optional(),
  version: z.int().positive(),
});
const epochSchema = z.object({ epoch: z.int().positive() });

/** One item per feed and agency and one for the epoch, all in one partition: it is small, and read whole. Kept for ever. */
export const dynamoCoverageStore = (table: DocumentTable): CoverageStore => ({
  readFeedCoverage: async (agency, feed) => {
    const held = await table.get(coverageKey(agency, feed), feedCoverageSchema);
    return held && { ...held, periods: held.periods.map((period) => ({ ...period, agency, feed })) };
  },

  readCoverage: async () => {
    const held = await table.queryAll({ partition: coveragePartition, beginsWith: 'FEED#' }, feedCoverageSchema);
    return held.flatMap(({ agency, feed, periods }) => periods.map((period) => ({ ...period, agency, feed })));
  },

  readEpoch: async () => (await table.get(epochKey, epochSchema))?.epoch ?? 0,

  coverageFragment: ({ agency, feed, periods, head, begun, overtaken, withdrawing, version }) =>
    fragmentOf([
      table.putWrite(
        {
          ...coverageKey(agency, feed),
          agency,
          feed,
          periods: periods.map(({ uploadId, from, to }) => ({ uploadId, from, to })),
          head,
          begun,
          overtaken,
          withdrawing,
          version,
          schemaVersion,
        },
        condition.version(version === 1 ? undefined : version - 1),
      ),
    ]),

  sameCoverageFragment: ({ agency, feed, version }) =>
    fragmentOf([table.checkWrite(coverageKey(agency, feed), condition.equals('version', version))]),

  epochFragment: (epoch) =>
    fragmentOf([
      table.putWrite({ ...epochKey, epoch, schemaVersion }, epoch === 1 ? condition.absent('pk') : condition.equals('epoch', epoch - 1)),
    ]),
});

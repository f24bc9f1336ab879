import * as z from 'zod';
import { matchKeyEntrySchema } from '../../domain/matching/match-key-entry.ts';
import { packDecision } from '../../domain/people/pack-decision.ts';
import { personRecordSchema } from '../../domain/people/person-record.ts';
import { ledgerExpiresOn } from '../../domain/people/record-retention.ts';
import { rowLedgerSchema } from '../../domain/people/row-ledger.ts';
import type { RecordStore } from '../../services/ingest/record-store.ts';
import { condition, type Condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { fragmentOf } from '../transactions.ts';
import { profileItem, profileItemSchema } from './profile-item.ts';
import {
  departureKey,
  departurePrefix,
  firstEvidence,
  historyKey,
  lastEvidence,
  pastKey,
  pastPrefix,
  ledgerKey,
  matchKeyKey,
  personPartition,
  profileKey,
  recordKey,
  schemaVersion,
  seenItemSchema,
  seenPartition,
} from './record-items.ts';

/** The version being written tells the one that must be held. */
const follows = (version: number): Condition => condition.version(version === 1 ? undefined : version - 1);

/** Departures and the profile stand between the two kinds of evidence; they are read over. */
const evidenceSchema = z.union([
  personRecordSchema,
  z.object({ sk: z.union([z.literal('PROFILE'), z.templateLiteral([departurePrefix, z.string()])]) }),
]);

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** Ledger, records, profiles, match keys and seen rows, in the records table (docs/access-patterns.md). */
export const dynamoRecordStore = (table: DocumentTable, today: () => string): RecordStore => ({
  readLedgers: (rowIds) => table.batchGet(unique(rowIds).map(ledgerKey), rowLedgerSchema),
  readPast: (rowId) => table.queryAll({ partition: ledgerKey(rowId).pk, beginsWith: pastPrefix }, rowLedgerSchema),
  readKeys: (keys) => table.batchGet(unique(keys).map(matchKeyKey), matchKeyEntrySchema),
  readProfiles: (personIds) => table.batchGet(unique(personIds).map(profileKey), profileItemSchema),

  readRecords: async (personId) => {
    const items = await table.queryAll({ partition: personPartition(personId), between: [firstEvidence, lastEvidence] }, evidenceSchema);
    return items.flatMap((item) => ('rowId' in item ? [item] : []));
  },

  changesFragment: ({ ledgers, records, removed, departures = [], profiles, keys, past = [], forgotten = [], gone = [], returned = [] }) =>
    fragmentOf([
      ...ledgers.map((ledger) =>
        table.putWrite({ ...ledgerKey(ledger.rowId), ...ledger, ...expiry(ledger.expiresOn), schemaVersion }, follows(ledger.version)),
      ),
      ...records.map((record) =>
        table.putWrite({
          ...(record.status === 'superseded' ? historyKey(record) : recordKey(record)),
          ...record,
          ...(record.decision !== undefined && { decision: packDecision(record.decision) }),
          ...expiry(record.expiresOn),
          schemaVersion,
        }),
      ),
      ...removed.map((record) => table.deleteWrite(record.status === 'superseded' ? historyKey(record) : recordKey(record))),
      ...departures.map((departure) =>
        table.putWrite({ ...departureKey(departure), ...departure, ...expiry(departure.expiresOn), schemaVersion }),
      ),
      ...profiles.map((profile) => table.putWrite(profileItem(profile), follows(profile.version))),
      ...past.map((ledger) => table.putWrite({ ...pastKey(ledger), ...ledger, ...expiry(ledger.expiresOn), schemaVersion })),
      ...returned.map((departure) => table.deleteWrite(departureKey(departure))),
      ...forgotten.map((ledger) => table.deleteWrite(pastKey(ledger))),
      ...gone.map((ledger) => table.deleteWrite(ledgerKey(ledger.rowId), condition.version(ledger.version))),
      ...keys.map((entry) =>
        table.putWrite({ ...matchKeyKey(entry.key), ...entry, ...expiry(ledgerExpiresOn(today())), schemaVersion }, follows(entry.version)),
      ),
    ]),

  seenFragment: (upload, chunk, seen) =>
    fragmentOf([
      table.putWrite({
        pk: seenPartition(upload.uploadId),
        sk: String(chunk).padStart(9, '0'),
        ...seen,
        ...expiry(upload.expiresOn),
        schemaVersion,
      }),
    ]),

  readSeen: async function* (uploadId) {
    let cursor: string | undefined;
    do {
      const page = await table.query({ partition: seenPartition(uploadId), limit: 200, cursor }, seenItemSchema);
      yield* page.items;
      cursor = page.cursor;
    } while (cursor !== undefined);
  },
});

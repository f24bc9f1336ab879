import { withKeys } from '#shared/domain/matching/match-keys.ts';
import { assembleView } from '#shared/domain/people/assemble-profile.ts';
import { keysOfProfile, type Restriction } from '#shared/domain/people/person-profile.ts';
import type { PersonRecord } from '#shared/domain/people/person-record.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { DocumentTable } from '#shared/store/document-table.ts';
import { dynamoRecordStore } from '#shared/store/records/dynamo-record-store.ts';
import { dynamoTransactions } from '#shared/store/transactions.ts';
import { aRecord } from './a-record.ts';
import type { TestDatabase } from './dynamodb-local.ts';

const hash = keyedHash(new Uint8Array(32).fill(7), 1);

/** Stores rows about people as ingest does: record, profile, keys. One row more at a time. */
export const recordHolder = ({ client, tables }: TestDatabase, today: string) => {
  const store = dynamoRecordStore(new DocumentTable(client, tables.Records), () => today);
  const transactions = dynamoTransactions(client);
  const held = new Map<string, PersonRecord[]>();
  return async (personId: string, record: Partial<PersonRecord>, restriction?: Restriction): Promise<PersonRecord> => {
    const own = aRecord({ personId, periodStart: '2026-01-01', periodEnd: '2026-10-31', ...record });
    const records = [...(held.get(personId) ?? []), own];
    held.set(personId, records);
    const view = withKeys(hash, assembleView(records, '2040-01-05'), today);
    const [before] = await store.readProfiles([personId]);
    const { persons } = keysOfProfile(view);
    const entries = new Map((await store.readKeys(persons)).map((entry) => [entry.key, entry]));
    const keys = persons.map((key) => {
      const known = entries.get(key) ?? { key, persons: [], namedBy: [], crowded: false, version: 0 };
      return { ...known, version: known.version + 1, persons: [...new Set([...known.persons, personId])] };
    });
    const profile = { ...view, personId, version: (before?.version ?? 0) + 1, ...(restriction && { restriction }) };
    const { ok } = await transactions.commit([
      store.changesFragment({ ledgers: [], records: [own], removed: [], profiles: [profile], keys }),
    ]);
    if (!ok) throw new Error('not held');
    return own;
  };
};

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { matchKeyEntrySchema, type MatchKeyEntry } from '#shared/domain/matching/match-key-entry.ts';
import { profileItemSchema } from '#shared/store/records/profile-item.ts';
import { keysOfProfile, type PersonProfile } from '#shared/domain/people/person-profile.ts';
import { personRecordSchema, type PersonRecord } from '#shared/domain/people/person-record.ts';
import { rowLedgerSchema, type RowLedger } from '#shared/domain/people/row-ledger.ts';
import type { TestDatabase } from './dynamodb-local.ts';

export interface HeldRecords {
  readonly ledgers: readonly RowLedger[];
  readonly profiles: readonly PersonProfile[];
  /** Current and ended ones. */
  readonly records: readonly PersonRecord[];
  readonly superseded: readonly PersonRecord[];
  readonly keys: readonly MatchKeyEntry[];
  /** Ids named by the outbox entries. */
  readonly outboxPeople: ReadonlySet<string>;
  readonly raw: readonly Record<string, unknown>[];
}

/** Everything in the records table. */
export const heldRecords = async ({ client, tables }: TestDatabase): Promise<HeldRecords> => {
  const raw: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: tables.Records, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    raw.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  const withSortKey = (prefix: string) => raw.filter(({ sk }) => String(sk).startsWith(prefix));
  return {
    raw,
    ledgers: withSortKey('LEDGER').map((item) => rowLedgerSchema.parse(item)),
    profiles: withSortKey('PROFILE').map((item) => profileItemSchema.parse(item)),
    records: withSortKey('RECORD#').map((item) => personRecordSchema.parse(item)),
    superseded: withSortKey('HISTORY#').map((item) => personRecordSchema.parse(item)),
    keys: withSortKey('KEY').map((item) => matchKeyEntrySchema.parse(item)),
    outboxPeople: new Set(
      withSortKey('OUTBOX').flatMap((item) => {
        const { work } = item as { work: { personIds?: string[] } };
        return work.personIds ?? [];
      }),
    ),
  };
};

/** What does not hold together; empty when every row, record, person and key agree with each other. */
export const inconsistencies = ({ ledgers, profiles, records, keys, outboxPeople }: HeldRecords): string[] => {
  const wrong: string[] = [];
  const claim = (holds: boolean, message: string): void => {
    if (!holds) wrong.push(message);
  };
  const recordIds = new Set(records.map(({ rowId, subject, personId }) => `${rowId} ${subject} ${personId}`));
  const ledgerIds = new Set(
    ledgers.flatMap(({ rowId, subjects }) => subjects.map(({ subject, personId }) => `${rowId} ${subject} ${personId}`)),
  );
  for (const id of ledgerIds) claim(recordIds.has(id), `the ledger names a record that is not there: ${id}`);
  for (const id of recordIds) claim(ledgerIds.has(id), `a record stands without its ledger: ${id}`);
  const byKey = new Map(keys.map((entry) => [entry.key, entry]));
  for (const profile of profiles) {
    const own = records.filter(({ personId }) => personId === profile.personId);
    claim(profile.recordCount === own.length, `profile counts ${String(profile.recordCount)} records, there are ${String(own.length)}`);
    claim(outboxPeople.has(profile.personId), `nobody is told about ${profile.personId}`);
    const { persons, namedBy } = keysOfProfile(profile);
    for (const key of persons) claim(holds(byKey.get(key), 'persons', profile.personId), `key does not lead to its person: ${key}`);
    for (const key of namedBy) claim(holds(byKey.get(key), 'namedBy', profile.personId), `key does not lead to the child: ${key}`);
  }
  const keysByPerson = new Map(profiles.map((profile) => [profile.personId, keysOfProfile(profile)]));
  for (const { key, persons, namedBy } of keys) {
    for (const personId of persons)
      claim(keysByPerson.get(personId)?.persons.includes(key) === true, `key leads to somebody it is not of: ${key}`);
    for (const personId of namedBy)
      claim(keysByPerson.get(personId)?.namedBy.includes(key) === true, `key names a child it is not of: ${key}`);
  }
  return wrong;
};

const holds = (entry: MatchKeyEntry | undefined, list: 'persons' | 'namedBy', personId: string): boolean =>
  entry !== undefined && (entry.crowded || entry[list].includes(personId));

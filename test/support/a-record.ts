import { ulid } from 'ulid';
import { withKeys } from '#shared/domain/matching/match-keys.ts';
import { assembleView } from '#shared/domain/people/assemble-profile.ts';
import type { KeyedHash } from '#shared/domain/people/keyed-hash.ts';
import { keysOfProfile, type PersonProfile, type Restriction } from '#shared/domain/people/person-profile.ts';
import type { PersonRecord } from '#shared/domain/people/person-record.ts';
import type { RecordChanges } from '#shared/services/ingest/record-store.ts';

/** A school's row about Aoife Example, unless told otherwise. */
export const aRecord = (over: Partial<PersonRecord> = {}): PersonRecord => ({
  personId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  rowId: `v1.${ulid()}`,
  subject: 'pupil',
  agency: 'northfield-academy',
  feed: 'school-roll',
  accessClass: 'standard',
  uploadId: '01BX5ZZKBKACTAV9WEVGEMMVRZ',
  row: 1,
  periodStart: '2025-09-01',
  periodEnd: '2025-12-19',
  standing: true,
  details: { forename: 'Aoife', surname: 'Example', birthDate: '2015-03-09', nhsNumber: '9434765919' },
  contacts: [],
  relations: [],
  facts: [],
  status: 'current',
  contentVersion: 1,
  because: 'no-match',
  recordedAt: '2026-01-05T09:00:00.000Z',
  expiresOn: '2040-01-05',
  ...over,
});

/** What the store is given for somebody with these records: the profile and keys made of them. */
export const aPersonWith = (
  hash: KeyedHash,
  records: readonly PersonRecord[],
  { restriction }: { readonly restriction?: Restriction } = {},
): RecordChanges => {
  const personId = records[0]?.personId ?? ulid();
  const view = withKeys(hash, assembleView(records, '2040-01-05'), '2026-01-05');
  const profile: PersonProfile = { ...view, personId, version: 1, ...(restriction ? { restriction } : {}) };
  const keys = keysOfProfile(view).persons.map((key) => ({ key, persons: [personId], namedBy: [], crowded: false, version: 1 }));
  return { ledgers: [], records, removed: [], profiles: [profile], keys };
};

import * as z from 'zod';
import type { Departure } from '../../domain/people/departure.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { RowLedger } from '../../domain/people/row-ledger.ts';
import type { Key } from '../write.ts';

export const schemaVersion = 1;

export const ledgerKey = (rowId: string): Key => ({ pk: `ROW#${rowId}`, sk: 'LEDGER' });
/** Beside the ledger: how the row was held in an earlier content. */
export const pastPrefix = 'PAST#';
export const pastKey = ({ rowId, contentVersion }: Pick<RowLedger, 'rowId' | 'contentVersion'>): Key => ({
  pk: ledgerKey(rowId).pk,
  sk: `${pastPrefix}${String(contentVersion).padStart(6, '0')}`,
});
export const matchKeyKey = (key: string): Key => ({ pk: `KEY#${key}`, sk: 'KEY' });
export const personPartition = (personId: string): string => `PERSON#${personId}`;
export const profileKey = (personId: string): Key => ({ pk: personPartition(personId), sk: 'PROFILE' });

/** Superseded contents sort before the profile, the records that count after it: one query reads all of a person's evidence. */
export const firstEvidence = 'HISTORY#';
export const lastEvidence = 'RECORD#~';
export const recordPrefix = 'RECORD#';

/** Rows that went to somebody else; they sort between the earlier contents and the profile. */
export const departurePrefix = 'LEFT#';
export const departureKey = ({
  personId,
  rowId,
  subject,
  movedBy,
}: Pick<Departure, 'personId' | 'rowId' | 'subject' | 'movedBy'>): Key => ({
  pk: personPartition(personId),
  sk: `${departurePrefix}${rowId}#${subject}#${'judgementId' in movedBy ? movedBy.judgementId : movedBy.uploadId}`,
});

export const recordKey = ({ personId, rowId, subject }: Pick<PersonRecord, 'personId' | 'rowId' | 'subject'>): Key => ({
  pk: personPartition(personId),
  sk: `${recordPrefix}${rowId}#${subject}`,
});

export const historyKey = ({
  personId,
  rowId,
  subject,
  contentVersion,
}: Pick<PersonRecord, 'personId' | 'rowId' | 'subject' | 'contentVersion'>): Key => ({
  pk: personPartition(personId),
  sk: `${firstEvidence}${rowId}#${subject}#${String(contentVersion).padStart(6, '0')}`,
});

export const seenPartition = (uploadId: string): string => `SEEN#${uploadId}`;
export const seenItemSchema = z.object({
  rowIds: z.array(z.string()),
  rows: z.array(z.int().positive()).optional(),
  versions: z.array(z.int().nonnegative()).optional(),
  unidentified: z.int().nonnegative(),
});

export const uploadWorkPartition = (uploadId: string): string => `UPLOAD-WORK#${uploadId}`;
export const outboxKey = ({ outboxId, uploadId }: { readonly outboxId: string; readonly uploadId?: string | undefined }): Key =>
  uploadId === undefined ? { pk: `OUTBOX#${outboxId}`, sk: 'OUTBOX' } : { pk: uploadWorkPartition(uploadId), sk: `OUTBOX#${outboxId}` };
export const outboxList = 'OUTBOX';
const outboxWorkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('people'), personIds: z.array(z.ulid()), restores: z.ulid().optional() }),
  z.object({ kind: z.literal('coverage'), epoch: z.int().positive() }),
  z.object({ kind: z.literal('rules') }),
  z.object({ kind: z.literal('what-if'), whatIfId: z.ulid() }),
  z.object({ kind: z.literal('judgement'), judgementId: z.ulid() }),
]);
export const outboxItemSchema = z.object({
  outboxId: z.ulid(),
  uploadId: z.ulid().optional(),
  work: outboxWorkSchema,
  createdAt: z.iso.datetime(),
});

export const coveragePartition = 'COVERAGE';
export const coverageKey = (agency: string, feed: string): Key => ({ pk: coveragePartition, sk: `FEED#${feed}#${agency}` });
export const epochKey: Key = { pk: coveragePartition, sk: 'EPOCH' };

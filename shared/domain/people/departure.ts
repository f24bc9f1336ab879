import * as z from 'zod';
import { accessClassSchema } from '../access/access.ts';
import { feedIds } from '../feeds/feed-ids.ts';
import { isoDateSchema } from '../calendar/calendar-date.ts';
import { assignmentOf, assignmentSchema, type PersonRecord } from './person-record.ts';

/**
 * A row was taken to be about a person and then no longer, or no longer for the same reason. Stays with the person it was
 * about; of the row it names file and place, never what it says.
 */
export const departureSchema = z.object({
  personId: z.ulid(),
  rowId: z.string(),
  subject: z.string(),
  agency: z.string(),
  feed: z.enum(feedIds),
  accessClass: accessClassSchema,
  uploadId: z.ulid(),
  row: z.int().positive(),
  joinedAt: z.iso.datetime(),
  /** As it was until then. */
  assignment: assignmentSchema,
  leftAt: z.iso.datetime(),
  /** What moved it: a judgement, or a file whose row said something else. */
  movedBy: z.union([z.object({ judgementId: z.ulid() }), z.object({ uploadId: z.ulid() })]),
  /** Whom the row was then taken to be about; the same person where only the reason changed, nobody where the part is gone. */
  to: z.ulid().optional(),
  /** The judgement was undone: the row is back, with the assignment it had. */
  back: z.object({ at: z.iso.datetime(), judgementId: z.ulid() }).optional(),
  expiresOn: isoDateSchema,
});
export type Departure = z.infer<typeof departureSchema>;

type RowPart = Pick<PersonRecord, 'rowId' | 'subject'>;

export const isMovedBy = ({ movedBy }: Departure, judgementId: string): boolean =>
  'judgementId' in movedBy && movedBy.judgementId === judgementId;

/** What a person's partition keeps when a row goes. */
export const departureOf = (
  record: PersonRecord,
  held: { readonly records: readonly PersonRecord[]; readonly departures: readonly Departure[] },
  left: Pick<Departure, 'leftAt' | 'movedBy' | 'to'>,
): Departure => {
  const { personId, rowId, subject, agency, feed, accessClass, uploadId, row, expiresOn } = record;
  return {
    personId,
    rowId,
    subject,
    agency,
    feed,
    accessClass,
    uploadId,
    row,
    joinedAt: joinedAt(record, held.records, held.departures),
    assignment: assignmentOf(record),
    ...left,
    expiresOn,
  };
};

export const isSameRow = (a: RowPart, b: RowPart): boolean => a.rowId === b.rowId && a.subject === b.subject;

/**
 * Since when a row has been with a person for the reason it is there now: since a judgement put it there or an undo brought
 * it back, else since its first content came to this person.
 */
export const joinedAt = (record: PersonRecord, records: readonly PersonRecord[], departures: readonly Departure[]): string => {
  const returns = departures.flatMap((departure) =>
    isSameRow(departure, record) && departure.back !== undefined ? [departure.back.at] : [],
  );
  const since = [...returns, ...(record.judgement === undefined ? [] : [record.judgement.at])].toSorted().at(-1);
  if (since !== undefined) return since;
  return records
    .filter((each) => isSameRow(each, record))
    .reduce((first, each) => (each.recordedAt < first ? each.recordedAt : first), record.recordedAt);
};

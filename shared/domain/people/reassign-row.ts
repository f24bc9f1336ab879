import * as z from 'zod';
import { departureOf, isSameRow, type Departure } from './departure.ts';
import { assigned, assignmentOf, assignmentSchema, type PersonRecord, type RecordedAssignment } from './person-record.ts';
import type { RowLedger } from './row-ledger.ts';

/** One part of one row, from the person it is taken to be about to another; the same where only the reason changes. */
export interface Reassignment {
  readonly rowId: string;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly assignment: RecordedAssignment;
  /** Only these contents, and those that came after them: with others the row had been about this person before. */
  readonly versions?: readonly number[];
}

/** A reassignment as it was made, with what is needed to take it back. */
export const madeReassignmentSchema = z.object({
  rowId: z.string(),
  subject: z.string(),
  from: z.ulid(),
  to: z.ulid(),
  before: assignmentSchema,
  /** The contents that went along. */
  versions: z.array(z.int().positive()).min(1),
});
export type MadeReassignment = z.infer<typeof madeReassignmentSchema>;

interface RowAsHeld {
  readonly ledger: RowLedger;
  /** Everything held about the person it is with. */
  readonly records: readonly PersonRecord[];
  readonly departures: readonly Departure[];
  /** The current or ended records of the same row about its other subjects. */
  readonly others: readonly PersonRecord[];
}

export interface ReassignedRow {
  readonly ledger: RowLedger;
  readonly records: readonly PersonRecord[];
  readonly removed: readonly PersonRecord[];
  readonly departure: Departure;
  readonly made: MadeReassignment;
}

/**
 * What moving one part of a row writes. What the row says stays as it is; its earlier contents come along, and relations
 * stated by the same row follow. Undefined where the row is not with that person (any more): then there is nothing to do.
 */
export const reassignRow = (
  { rowId, subject, from, to, assignment, versions }: Reassignment,
  { ledger, records, departures, others }: RowAsHeld,
  judgement: { readonly judgementId: string; readonly at: string },
): ReassignedRow | undefined => {
  const own = records.filter((record) => isSameRow(record, { rowId, subject }) && goesAlong(record, versions));
  const counting = own.find(({ status }) => status !== 'superseded');
  if (counting === undefined || !ledger.subjects.some((each) => each.subject === subject && each.personId === from)) return undefined;
  const moved = own.map((record) => (record === counting ? assigned(record, to, assignment) : { ...record, personId: to }));
  const related = others
    .filter((other) => other.relations.some(({ toSubject }) => toSubject === subject))
    .map((other) => ({
      ...other,
      relations: other.relations.map((relation) => (relation.toSubject === subject ? { ...relation, toPersonId: to } : relation)),
    }));
  return {
    ledger: {
      ...ledger,
      subjects: ledger.subjects.map((each) => (each.subject === subject ? { ...each, personId: to } : each)),
    },
    records: [...(from === to ? moved.filter(({ status }) => status !== 'superseded') : moved), ...(from === to ? [] : related)],
    removed: from === to ? [] : own,
    departure: departureOf(
      counting,
      { records, departures },
      { leftAt: judgement.at, movedBy: { judgementId: judgement.judgementId }, to },
    ),
    made: {
      rowId,
      subject,
      from,
      to,
      before: assignmentOf(counting),
      versions: own.map((each) => each.contentVersion).toSorted((a, b) => a - b),
    },
  };
};

const goesAlong = ({ contentVersion }: PersonRecord, versions: readonly number[] | undefined): boolean =>
  versions === undefined || versions.includes(contentVersion) || contentVersion > Math.max(...versions);

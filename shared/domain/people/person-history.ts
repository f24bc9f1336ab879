import { joinedAt, type Departure } from './departure.ts';
import { assignmentOf, type PersonRecord, type RecordedAssignment } from './person-record.ts';

/** A time during which a row was taken to be about a person, for one reason. */
export interface Stay extends Pick<PersonRecord, 'rowId' | 'subject' | 'agency' | 'feed' | 'accessClass' | 'uploadId' | 'row'> {
  readonly from: string;
  /** The instant from which it was no longer so; undefined: it still is. */
  readonly to: string | undefined;
  readonly assignment: RecordedAssignment;
  /** What ended it. */
  readonly endedBy: Pick<Departure, 'movedBy' | 'to'> | undefined;
}

/**
 * Every stay of every row with a person, by row and then by time, from what lies in the person's partition. A row that came
 * with other content is one stay; it is told with the file that brought the newest.
 */
export const staysOf = (records: readonly PersonRecord[], departures: readonly Departure[]): readonly Stay[] => {
  const present = records
    .filter(({ status }) => status !== 'superseded')
    .map((record): Stay => {
      const { rowId, subject, agency, feed, accessClass, uploadId, row } = record;
      return {
        rowId,
        subject,
        agency,
        feed,
        accessClass,
        uploadId,
        row,
        from: joinedAt(record, records, departures),
        to: undefined,
        assignment: assignmentOf(record),
        endedBy: undefined,
      };
    });
  const past = departures.map((departure): Stay => {
    const { rowId, subject, agency, feed, accessClass, uploadId, row, joinedAt: from, leftAt, assignment, movedBy, to } = departure;
    return {
      rowId,
      subject,
      agency,
      feed,
      accessClass,
      uploadId,
      row,
      from,
      to: leftAt,
      assignment,
      endedBy: { movedBy, ...(to !== undefined && { to }) },
    };
  });
  return [...past, ...present].toSorted((a, b) => compare(a.rowId, b.rowId) || compare(a.subject, b.subject) || compare(a.from, b.from));
};

/** The stays that were so at the end of a day; `endOfDay` is the first instant of the next. */
export const staysAt = (stays: readonly Stay[], endOfDay: string): readonly Stay[] =>
  stays.filter(({ from, to }) => from < endOfDay && (to === undefined || to >= endOfDay));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

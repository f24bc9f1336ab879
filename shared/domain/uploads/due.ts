import type { IsoDate } from '../calendar/calendar-date.ts';
import { addMonths, formatIsoDate } from '../calendar/calendar-date.ts';
import { dayOf, daysLater } from '../calendar/days.ts';
import type { SharingAgreement } from './sharing-agreement.ts';
import { statesNotBegun, type Upload, type UploadState } from './upload.ts';

type Terms = Pick<SharingAgreement, 'frequency' | 'start' | 'end' | 'ended'>;

/** First and last day, both in it, and the last day on which its file is in time. */
export interface ExpectedPeriod {
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly dueOn: IsoDate;
}

/** From the end of a period: two weeks, holidays or not. People who run extracts once a month know a rule that they can remember. */
const daysToSend = 14;

/**
 * Where the periods of a year begin, month and day. Terms and half terms are the bounds that no maintained school's own
 * dates cross by much (as `calendar/school-term.ts`); August belongs to no term.
 */
const beginnings = {
  monthly: ['01-01', '02-01', '03-01', '04-01', '05-01', '06-01', '07-01', '08-01', '09-01', '10-01', '11-01', '12-01'],
  quarterly: ['01-01', '04-01', '07-01', '10-01'],
  termly: ['01-01', '04-16', '09-01'],
  'half-termly': ['01-01', '02-16', '04-16', '06-01', '09-01', '11-01'],
} as const;
const schoolYearEnds = '07-31';

/** The newest period that has begun by `day`, whole. */
const lastBegun = ({ frequency, start, end }: Terms, day: IsoDate): Omit<ExpectedPeriod, 'dueOn'> | undefined => {
  switch (frequency) {
    case 'on-request':
      return undefined;
    case 'once':
      return day < start ? undefined : { start, end };
    case 'weekly': {
      // 1970-01-01 was a Thursday; weeks begin on Monday.
      const monday = daysLater(day, -((((dayOf(day) + 3) % 7) + 7) % 7));
      return { start: monday, end: daysLater(monday, 6) };
    }
    case 'yearly': {
      const yearOn = (years: number): IsoDate => formatIsoDate(addMonths(dayOf(start), years * 12));
      let years = Number(day.slice(0, 4)) - Number(start.slice(0, 4));
      if (yearOn(years) > day) years -= 1;
      return years < 0 ? undefined : { start: yearOn(years), end: daysLater(yearOn(years + 1), -1) };
    }
    default: {
      const year = Number(day.slice(0, 4));
      const all = [year - 1, year, year + 1].flatMap((of) => beginnings[frequency].map((date) => `${String(of)}-${date}`));
      const at = all.findLastIndex((date) => date <= day);
      const [begins, next] = [all[at], all[at + 1]];
      if (begins === undefined || next === undefined) return undefined;
      const isSchools = frequency === 'termly' || frequency === 'half-termly';
      return { start: begins, end: isSchools && next.endsWith('09-01') ? `${next.slice(0, 4)}-${schoolYearEnds}` : daysLater(next, -1) };
    }
  }
};

const earlier = (left: IsoDate, right: IsoDate): IsoDate => (left < right ? left : right);

/** The periods of an agreement that have begun by `today`, oldest first; the newest `most` of them. None where the council asks each time. */
export const expectedPeriods = (terms: Terms, today: IsoDate, most: number): readonly ExpectedPeriod[] => {
  const last = earlier(earlier(today, terms.end), terms.ended?.at.slice(0, 10) ?? terms.end);
  const periods: ExpectedPeriod[] = [];
  for (let period = lastBegun(terms, last); period !== undefined && periods.length < most;) {
    if (last < terms.start || period.end < terms.start) break;
    const end = earlier(period.end, terms.end);
    // After the agreement's last day nothing can be sent any more.
    const dueOn = earlier(daysLater(end, daysToSend), terms.end);
    periods.push({ start: period.start < terms.start ? terms.start : period.start, end, dueOn });
    if (period.start <= terms.start) break;
    period = lastBegun(terms, daysLater(period.start, -1));
  }
  return periods.reverse();
};

/**
 * - `came`, `came-late`: a file, or “nothing to report”, has been taken in;
 * - `under-way`: one has been sent and is not read yet;
 * - `awaited`: there is still time; `late`: there is none;
 * - `not-sent`: the agreement ended before anything came.
 */
export const dueStates = ['came', 'came-late', 'under-way', 'awaited', 'late', 'not-sent'] as const;
type DueState = (typeof dueStates)[number];

/** Shares from 0 to 1, of all that was taken in for a period; absent where there is nothing to take a share of. */
interface FeedQuality {
  /** Of the agreed columns, those that the files had. */
  readonly complete?: number;
  /** Of the rows, those that nothing was wrong with. */
  readonly valid?: number;
  /** Of the rows taken in, those about records that were held before. */
  readonly heldBefore?: number;
}

export interface DuePeriod extends ExpectedPeriod {
  readonly state: DueState;
  /** The day on which the first file of the period was sent. */
  readonly cameOn?: IsoDate;
  readonly daysLate?: number;
  /** Files taken in, “nothing to report” included. */
  readonly files: number;
  readonly quality: FeedQuality;
}

type SentFile = Pick<Upload, 'uploadId' | 'state' | 'periodStart' | 'periodEnd' | 'createdAt' | 'replaces' | 'checkpoint'>;

interface Feed {
  readonly terms: Terms;
  readonly agreedColumns: readonly string[];
  /** Sent under the agreement. */
  readonly uploads: readonly SentFile[];
}

const underWay: readonly UploadState[] = [...statesNotBegun, 'ingesting'];

/** What was expected of a feed and what came, oldest first. The same uploads and the same day always give the same. */
export const duePeriods = ({ terms, agreedColumns, uploads }: Feed, today: IsoDate, most: number): readonly DuePeriod[] =>
  expectedPeriods(terms, today, most).map((period) => {
    const ofPeriod = uploads.filter((upload) => isFor(period, upload));
    const taken = ofPeriod.filter(({ state }) => state === 'completed');
    const cameOn = taken.flatMap((upload) => sentOn(upload, uploads)).sort()[0];
    const rest = { files: taken.length, quality: qualityOf(taken, agreedColumns) };
    if (cameOn !== undefined) return { ...period, ...rest, cameOn, ...(cameOn > period.dueOn ? late(period, cameOn) : { state: 'came' }) };
    if (ofPeriod.some(({ state }) => underWay.includes(state))) return { ...period, ...rest, state: 'under-way' };
    if (terms.ended !== undefined || terms.end < today) return { ...period, ...rest, state: 'not-sent' };
    if (today <= period.dueOn) return { ...period, ...rest, state: 'awaited' };
    return { ...period, ...rest, ...late(period, today), state: 'late' };
  });

const late = ({ dueOn }: ExpectedPeriod, on: IsoDate) => ({ state: 'came-late' as const, daysLate: dayOf(on) - dayOf(dueOn) });

/** A file is for the period that its own ends in, and for every one that ends within its own. */
const isFor = ({ start, end }: ExpectedPeriod, file: SentFile): boolean =>
  (start <= file.periodEnd && file.periodEnd <= end) || (file.periodStart <= end && end <= file.periodEnd);

/** A corrected file came when the one came that it stands in the place of. */
const sentOn = (file: SentFile, uploads: readonly SentFile[]): readonly IsoDate[] => {
  const before = uploads.find(({ uploadId }) => uploadId === file.replaces);
  const days = before === undefined || before.createdAt >= file.createdAt ? [] : sentOn(before, uploads);
  return [file.createdAt.slice(0, 10), ...days];
};

const qualityOf = (taken: readonly SentFile[], agreedColumns: readonly string[]): FeedQuality => {
  const sum = (count: (file: SentFile) => number): number => taken.reduce((total, file) => total + count(file), 0);
  const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);
  const rows = sum(({ checkpoint }) => checkpoint.counts.rows);
  const accepted = rows - sum(({ checkpoint }) => checkpoint.counts.refused);
  const told = taken.filter(({ checkpoint }) => checkpoint.columnsMissing !== undefined);
  const missing = told.reduce(
    (total, { checkpoint }) => total + (checkpoint.columnsMissing?.filter((name) => agreedColumns.includes(name)).length ?? 0),
    0,
  );
  const agreed = told.length * agreedColumns.length;
  const complete = share(agreed - missing, agreed);
  const valid = share(accepted, rows);
  const heldBefore = share(
    sum(({ checkpoint }) => checkpoint.counts.changed + checkpoint.counts.unchanged),
    sum(({ checkpoint }) => checkpoint.counts.added + checkpoint.counts.changed + checkpoint.counts.unchanged),
  );
  return {
    ...(complete !== undefined && { complete }),
    ...(valid !== undefined && { valid }),
    ...(heldBefore !== undefined && { heldBefore }),
  };
};

import { ageInYears, parseIsoDate } from '../../../domain/calendar/calendar-date.ts';
import { dayOf } from '../../../domain/calendar/days.ts';
import type { FeedId } from '../../../domain/feeds/feed-ids.ts';
import type { FeedDefinition, FilePeriod, RowProblem } from '../feed-definition.ts';

/** What the cells of a row mean, as the feed's contract reads them; undefined where a cell is empty or cannot be read so. */
interface RowValues {
  readonly number: (column: string) => number | undefined;
  readonly text: (column: string) => string | undefined;
}

interface Question {
  readonly column: string;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly isOdd: (row: RowValues, period: FilePeriod) => boolean;
}

/** Nursery classes take children from two; sixth forms end at nineteen. */
const [youngestPupil, oldestPupil] = [2, 19];
/** The longest term, autumn, has some 75 school days. */
const mostSessionsOfATerm = 160;
/** A board of governors looks at suspensions of more than 15 days in a term: they are rare. */
const manySessions = 30;

const pupilAge: Question = {
  column: 'dob',
  code: 'query-age-of-pupil',
  message: 'The pupil is under 2, or over 19, at the end of the period',
  fix: 'Check the year of birth in your system. If it is right, send it as it is.',
  isOdd: ({ text }, { end }) => {
    const birthDate = text('dob');
    if (birthDate === undefined || parseIsoDate(birthDate) === undefined) return false;
    const age = ageInYears(dayOf(birthDate), dayOf(end));
    return age < youngestPupil || age > oldestPupil;
  },
};

const isAbove = (value: number | undefined, most: number): boolean => value !== undefined && value > most;

const questions: Partial<Record<FeedId, readonly Question[]>> = {
  'school-roll': [pupilAge],
  suspensions: [
    pupilAge,
    {
      column: 'sessions',
      code: 'query-long-suspension',
      message: 'The suspension is longer than 15 school days',
      fix: 'Check that the number is of sessions (half days) of this one suspension. If it is right, send it as it is.',
      isOdd: ({ number }) => isAbove(number('sessions'), manySessions),
    },
  ],
  'school-attendance': [
    pupilAge,
    {
      column: 'sess_possible',
      code: 'query-no-sessions',
      message: 'No session was possible for this pupil',
      fix: 'Check whether the pupil was on the roll in this term. If so, send it as it is.',
      isOdd: ({ number }) => number('sess_possible') === 0,
    },
    {
      column: 'sess_possible',
      code: 'query-many-sessions',
      message: 'These are more sessions than a term has',
      fix: 'Check that the numbers are of one term only. If they are right, send them as they are.',
      isOdd: ({ number }) => isAbove(number('sess_possible'), mostSessionsOfATerm),
    },
  ],
  'housing-arrears': [
    {
      column: 'arrears_weeks',
      code: 'query-arrears-of-nothing',
      message: 'The arrears are open, but no week of rent is owed',
      fix: 'If less than a week’s rent is owed, send it as it is. If nothing is, write Closed as the status.',
      isOdd: ({ number, text }) => text('arrears_status') === 'open' && number('arrears_weeks') === 0,
    },
    {
      column: 'arrears_weeks',
      code: 'query-arrears-not-open',
      message: 'Rent is owed, but the arrears are not open',
      fix: 'Check the status. If it is right, send it as it is.',
      isOdd: ({ number, text }) => text('arrears_status') !== 'open' && isAbove(number('arrears_weeks'), 0),
    },
  ],
};

/** What is odd in a row for what its feed is about; asked only about rows that are otherwise all right. */
export const feedQueries = (feed: FeedDefinition, period: FilePeriod): ((cells: ReadonlyMap<string, string>) => readonly RowProblem[]) => {
  const own = questions[feed.id] ?? [];
  const columns = new Map(feed.columns.map((column) => [column.name, column]));
  return (cells) => {
    const value = (name: string): unknown => {
      const cell = cells.get(name) ?? '';
      const reading = cell === '' ? undefined : columns.get(name)?.schema.safeParse(cell);
      return reading?.success === true ? reading.data : undefined;
    };
    const row: RowValues = {
      number: (column) => {
        const read = value(column);
        return typeof read === 'number' ? read : undefined;
      },
      text: (column) => {
        const read = value(column);
        return typeof read === 'string' ? read : undefined;
      },
    };
    return own.flatMap(({ isOdd, ...query }) => (isOdd(row, period) ? [query] : []));
  };
};

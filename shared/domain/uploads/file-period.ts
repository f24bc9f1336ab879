import { addMonths, formatIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf } from '../calendar/days.ts';

/** What is wrong with the days that a file or a referral is to be about. */
export interface PeriodFault {
  readonly field: 'periodStart' | 'periodEnd';
  readonly code: 'period-backwards' | 'period-too-early' | 'period-too-late';
  readonly message: string;
  readonly fix: string;
}

/** Evidence ends seven years after its period: an older one would be kept no day. */
const mostYearsBack = 7;
/** A school year that begins this autumn ends next summer; two years ahead is a slip of the pen. */
const mostYearsAhead = 2;

/** Undefined where the days can be meant. The last day is one of them. */
export const periodFault = (
  { start, end }: { readonly start: IsoDate; readonly end: IsoDate },
  today: IsoDate,
): PeriodFault | undefined => {
  if (end < start) {
    return {
      field: 'periodEnd',
      code: 'period-backwards',
      message: 'The period ends before it starts.',
      fix: 'Give an end that is on or after the start.',
    };
  }
  const first = formatIsoDate(addMonths(dayOf(today), -12 * mostYearsBack));
  if (start < first) {
    return {
      field: 'periodStart',
      code: 'period-too-early',
      message: `The period starts more than ${String(mostYearsBack)} years ago, which is longer than evidence is kept.`,
      fix: `Give a start on or after ${first}.`,
    };
  }
  const last = formatIsoDate(addMonths(dayOf(today), 12 * mostYearsAhead));
  if (end > last) {
    return {
      field: 'periodEnd',
      code: 'period-too-late',
      message: `The period ends more than ${String(mostYearsAhead)} years from now.`,
      fix: `Give an end on or before ${last}.`,
    };
  }
  return undefined;
};

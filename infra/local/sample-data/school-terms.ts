import { addDays, civilDate, parseIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { termDates, termNames, type TermName } from '#shared/domain/calendar/school-term.ts';

export interface SchoolTerm {
  /** `2025/26` */
  readonly academicYear: string;
  readonly term: TermName;
  readonly from: DayNumber;
  /** The first day after it. */
  readonly to: DayNumber;
}

/** The calendar year in which the day’s school year began. It runs from 1 September; a year group is those born in one. */
export const schoolYearStart = (date: DayNumber): number => {
  const { year, month } = civilDate(date);
  return month >= 9 ? year : year - 1;
};

const dayOf = (iso: string): DayNumber => {
  const day = parseIsoDate(iso);
  if (day === undefined) throw new RangeError('not an ISO date');
  return day;
};

/** The last `count` terms that were over by the end of a day, in order of time. */
export const completedSchoolTerms = (asOf: DayNumber, count: number): SchoolTerm[] => {
  const thisYear = schoolYearStart(asOf);
  const terms: SchoolTerm[] = [];
  for (let year = thisYear - Math.ceil(count / 3); year <= thisYear; year++) {
    const academicYear = `${String(year)}/${String((year + 1) % 100).padStart(2, '0')}`;
    for (const term of termNames) {
      const { from, to } = termDates(academicYear, term);
      terms.push({ academicYear, term, from: dayOf(from), to: dayOf(to) });
    }
  }
  return terms.filter(({ to }) => to <= addDays(asOf, 1)).slice(-count);
};

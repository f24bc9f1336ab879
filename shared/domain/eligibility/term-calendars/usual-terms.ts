import { termDates, termNames } from '../../calendar/school-term.ts';
import { termCalendarSchema } from '../term-calendar.ts';

const firstSchoolYear = 2009;
const lastSchoolYear = 2039;

/**
 * Bounds that every maintained school's term of that name lies within, whatever days each school sets. To be replaced by
 * the council's own calendar where a rule hangs on a day of the holidays.
 */
export const usualTerms = termCalendarSchema.parse({
  title: 'Usual terms: September to Christmas, to mid-April, to the end of July',
  citation: { source: 'Bounds of school terms in England; not one council’s published dates', confidence: 'unconfirmed' },
  terms: Array.from({ length: lastSchoolYear - firstSchoolYear + 1 }, (_, index) => firstSchoolYear + index).flatMap((schoolYear) =>
    termNames.map((term) => ({ schoolYear, term, ...termDates(`${String(schoolYear)}/`, term) })),
  ),
});

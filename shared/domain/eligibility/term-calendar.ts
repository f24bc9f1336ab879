import * as z from 'zod';
import { dayAfter } from '../calendar/date-text.ts';
import { isoDateSchema, type IsoDate } from '../calendar/calendar-date.ts';
import { termNames } from '../calendar/school-term.ts';
import { citationSchema } from './citation.ts';

const termSchema = z.object({
  /** The calendar year in which the school year begins: 2025 for 2025/26. */
  schoolYear: z.int(),
  term: z.enum(termNames),
  from: isoDateSchema,
  /** The first day after it. */
  to: isoDateSchema,
});
export type Term = z.infer<typeof termSchema>;

export const termCalendarSchema = z.object({ title: z.string(), citation: citationSchema, terms: z.array(termSchema) });
export type TermCalendar = z.infer<typeof termCalendarSchema>;

/** The last `count` terms that were over by the end of `on`, in order of time; fewer where the calendar does not go back so far. */
export const completedTerms = (calendar: TermCalendar, on: IsoDate, count: number): readonly Term[] =>
  calendar.terms
    .filter(({ to }) => to <= dayAfter(on))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .slice(-count);

/** `2025/26`, `2025-26`, `202526`, `2025` → 2025; undefined for anything else. */
export const schoolYearOf = (text: string): number | undefined => {
  const match = /^(20\d{2})(?:\D?(?:20)?\d{2})?$/.exec(text.trim());
  return match ? Number(match[1]) : undefined;
};

export const termTitle = ({ schoolYear, term }: Pick<Term, 'schoolYear' | 'term'>): string =>
  `${term} term ${String(schoolYear)}/${String((schoolYear + 1) % 100).padStart(2, '0')}`;

import { dayAfter } from '../days.ts';
import { termCalendarSchema } from '../term-calendar.ts';

/** Each entry: the school year's first calendar year, then first and last school day of autumn, spring and summer. */
const years: readonly (readonly [number, string, string, string, string, string, string])[] = [
  [2023, '2023-09-04', '2023-12-22', '2024-01-08', '2024-03-28', '2024-04-15', '2024-07-23'],
  [2024, '2024-09-02', '2024-12-20', '2025-01-06', '2025-04-04', '2025-04-22', '2025-07-22'],
  [2025, '2025-09-01', '2025-12-19', '2026-01-05', '2026-03-27', '2026-04-13', '2026-07-21'],
  [2026, '2026-09-01', '2026-12-18', '2027-01-04', '2027-03-25', '2027-04-12', '2027-07-21'],
  [2027, '2027-09-01', '2027-12-17', '2028-01-04', '2028-04-07', '2028-04-24', '2028-07-21'],
];

export const knowsleyTerms = termCalendarSchema.parse({
  council: 'Knowsley',
  citation: { source: 'Usual pattern of North West term dates; replace by the council’s published calendar', confidence: 'unconfirmed' },
  terms: years.flatMap(([schoolYear, autumn, autumnEnd, spring, springEnd, summer, summerEnd]) => [
    { schoolYear, term: 'autumn', from: autumn, to: dayAfter(autumnEnd) },
    { schoolYear, term: 'spring', from: spring, to: dayAfter(springEnd) },
    { schoolYear, term: 'summer', from: summer, to: dayAfter(summerEnd) },
  ]),
});

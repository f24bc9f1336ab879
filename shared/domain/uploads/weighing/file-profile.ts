import * as z from 'zod';

/** Ages at the end of the period: before school, primary, secondary, sixth form, grown up. */
export const ageBands = ['0 to 4', '5 to 10', '11 to 15', '16 to 17', '18 and over'] as const;
const firstAgeOfBand = [0, 5, 11, 16, 18];

export const ageBandOf = (age: number): number => firstAgeOfBand.findLastIndex((first) => age >= first);

/** What a cell looks like, whatever it says. */
export const cellShapes = ['empty', 'letters', 'digits', 'letters and digits', 'date', 'other'] as const;

const shapes: readonly (readonly [RegExp, number])[] = [
  [/^[\p{L}\p{M}\s.'’-]+$/u, 1],
  [/^\d+$/, 2],
  [/^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}$/, 4],
  [/^[\p{L}\p{M}\d\s.,'’/-]+$/u, 3],
];
/** Index into `cellShapes`. */
export const shapeOf = (text: string): number => (text === '' ? 0 : (shapes.find(([pattern]) => pattern.test(text))?.[1] ?? 5));

const count = z.int().nonnegative();

const outsideSchema = z.object({ of: count, outside: count });

/**
 * A file in figures: what it is compared with the feed's earlier files by, and they with it. Counts only; nothing in it
 * comes from fewer rows than the file has.
 */
export const fileProfileSchema = z.object({
  /** Rows read; all of them where `isWhole`. */
  rows: count,
  isWhole: z.boolean(),
  /** Told from the bytes read where not all were. */
  estimatedRows: count,
  faulty: count,
  /** Rows with a date that is not of the file's period. */
  outsidePeriod: count,
  /** Dates of birth not on the first of a month, and how many of these are after the 12th. */
  births: z.object({ dated: count, afterTwelfth: count }),
  /** By age band. */
  ages: z.array(count).length(ageBands.length),
  /** Cells of the columns for names and addresses, by shape. */
  columns: z.record(z.string(), z.array(count).length(cellShapes.length)),
  /** People or rows outside of the cohort that the agreement names, of those that could be told. */
  cohort: z.object({ ages: outsideSchema, postcodes: outsideSchema, schools: outsideSchema }),
  /** Rows drawn by their keyed hash, held against what is known. */
  sample: z.object({
    rows: count,
    /** Whose record the feed's files have brought before. */
    recordsKnown: count,
    people: count,
    /** About somebody known before. */
    peopleKnown: count,
    /** Known records that now have forename and surname, or day and month, the other way round. */
    namesSwapped: count,
    datesSwapped: count,
  }),
});
export type FileProfile = z.infer<typeof fileProfileSchema>;

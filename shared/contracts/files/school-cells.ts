import { readAcademicYear, termNames } from '../../domain/calendar/school-term.ts';
import { cell } from './cell.ts';
import type { Cell } from './cell.ts';
import { oneOf, oneOfCodes } from './choice-cells.ts';

/** The number of a school with its local authority: `3404001`, `340/4001`. */
export const establishment: Cell<string> = cell({
  format: 'Seven digits: three for the local authority, four for the school',
  example: '3404001',
  digits: 7,
  read: (raw) => {
    const digits = raw.replaceAll(/[\s/-]/g, '');
    return /^\d{7}$/.test(digits)
      ? { value: digits }
      : {
          fault: {
            code: 'establishment-format',
            message: 'The establishment number must have seven digits',
            fix: 'Write the three digits of the local authority and the four of the school, like 3404001.',
          },
        };
  },
});

export const academicYear: Cell<string> = cell({
  format: 'An academic year, like 2024/25',
  example: '2024/25',
  read: (raw) => {
    const value = readAcademicYear(raw);
    return value === undefined
      ? {
          fault: {
            code: 'academic-year-format',
            message: 'The academic year is not one that we can read',
            fix: 'Write the two years that it runs over, like 2024/25.',
          },
        }
      : { value };
  },
});

const [autumn, spring, summer] = termNames;

export const term = oneOf(
  'term',
  { [autumn]: ['Autumn', '1'], [spring]: ['Spring', '2'], [summer]: ['Summer', '3'] },
  { example: 'Autumn' },
);

/** The DfE's main codes; local sub-codes are for the sender to map. */
export const ethnicity = oneOfCodes('ethnicity', [
  'WBRI',
  'WIRI',
  'WIRT',
  'WROM',
  'WOTH',
  'MWBC',
  'MWBA',
  'MWAS',
  'MOTH',
  'AIND',
  'APKN',
  'ABAN',
  'CHNE',
  'AOTH',
  'BCRB',
  'BAFR',
  'BOTH',
  'OOTH',
  'REFU',
  'NOBT',
]);

import { readAcademicYear, termNames } from '../../domain/calendar/school-term.ts';
import { cell } from './cell.ts';
import type { Cell } from './cell.ts';
import { reference } from './cells.ts';
import { oneOf, oneOfCodes } from './choice-cells.ts';

export const establishment = reference('3404001', 'Seven digits: three for the local authority, four for the school');

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

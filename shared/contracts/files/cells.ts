import { readDateText } from '../../domain/calendar/date-text.ts';
import type { DateTextFault } from '../../domain/calendar/date-text.ts';
import { cell, unprintable } from './cell.ts';
import type { Cell, CellFault } from './cell.ts';
import { isScientificNotation } from './spreadsheet-damage.ts';

/** Longest text a cell of words may hold, in characters. */
const longestText = 200;

const faults = {
  tooLong: {
    code: 'text-too-long',
    message: `The text is longer than ${String(longestText)} characters`,
    fix: `Shorten it to ${String(longestText)} characters or fewer.`,
  },
  damaged: {
    code: 'text-damaged',
    message: 'The text has a replacement character (�) where a letter was lost',
    fix: 'Correct the text in your system, then save the file as CSV UTF-8.',
  },
  formula: {
    code: 'text-formula',
    message: 'The text starts with a sign that a spreadsheet would run as a formula',
    fix: 'Remove the =, +, - or @ from the start.',
  },
  spreadsheetError: {
    code: 'spreadsheet-error',
    message: 'The cell has a spreadsheet’s error in place of a value',
    fix: 'Correct the formula in the spreadsheet, or type the value in its place.',
  },
} as const satisfies Record<string, CellFault>;

/** What spreadsheets show where a formula fails. */
const spreadsheetError = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|UNKNOWN!)$/i;

const wrongText = (text: string): CellFault | undefined => {
  if (text.length > longestText) return faults.tooLong;
  if (/[=+@-]/.test(text.charAt(0))) return faults.formula;
  if (spreadsheetError.test(text)) return faults.spreadsheetError;
  if (/\p{Cc}/u.test(text)) return unprintable;
  return text.includes('\uFFFD') ? faults.damaged : undefined;
};

/** Inner white space of any kind, line breaks included, as one space. */
const oneSpaced = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** What people type where they know nothing. Words that are also surnames (Null, None) are not among them. */
const nothing = /^(?:-+|\?+|\.+|n\/?[ak]|not (?:known|applicable|recorded|given)|unknown|tbc)$/i;

const words = (example: string, format: string): Cell<string | undefined> =>
  cell({
    format,
    example,
    read: (raw) => {
      const text = oneSpaced(raw);
      if (nothing.test(text)) return { value: undefined };
      const fault = wrongText(text);
      return fault ? { fault } : { value: text };
    },
  });

/** Free words: an address line, a school's name. `-`, `N/A` and `Unknown` count as empty. */
export const text = (example: string): Cell<string | undefined> => words(example, `Text, up to ${String(longestText)} characters`);

/** A name as written. What stands for no name (`Unknown`, `Baby`, `Unborn`) counts as empty: it must never match another. */
export const personName = (example: string): Cell<string | undefined> =>
  cell({
    format: 'A name as your system has it',
    example,
    read: (raw) => {
      const name = oneSpaced(raw);
      if (nothing.test(name) || /^(?:(?:un-?born|new-?born)(?: (?:baby|child))?|baby)$/i.test(name)) return { value: undefined };
      const fault = wrongText(name);
      if (fault) return { fault };
      return /\p{L}/u.test(name)
        ? { value: name }
        : {
            fault: {
              code: 'name-no-letters',
              message: 'The name has no letters',
              fix: 'Enter the name.',
              emptyIf: 'you do not know it',
            },
          };
    },
  });

/** The sender's own reference: kept as it is, but for white space and case, so that both spellings are one record. */
export const reference = (example: string): Cell<string> =>
  cell({
    format: 'Your own reference, up to 60 characters; the same in every file',
    example,
    read: (raw) => {
      const value = oneSpaced(raw).toUpperCase();
      if (isScientificNotation(value)) return { fault: scientificNotation('reference') };
      const fault =
        value.length > 60
          ? { ...faults.tooLong, message: 'The reference is longer than 60 characters', fix: 'Use a reference of 60 characters or fewer.' }
          : wrongText(value);
      return fault ? { fault } : { value };
    },
  });

export const scientificNotation = (what: string): CellFault => ({
  code: 'spreadsheet-scientific-notation',
  message: `A spreadsheet has shortened this ${what} and its last digits are lost`,
  fix: 'In the spreadsheet set the column’s format to Text, paste the full values from your system again, then save as CSV UTF-8.',
});

const dateFaults: Readonly<Record<DateTextFault, CellFault>> = {
  shape: { code: 'date-format', message: 'The date is not in a form we can read', fix: 'Write the day, month and year, like 31/01/2012.' },
  'two-digit-year': {
    code: 'date-two-digit-year',
    message: 'The year of the date has only two digits',
    fix: 'Write the year with four digits, like 31/01/2012.',
  },
  'spreadsheet-number': {
    code: 'date-spreadsheet-number',
    message: 'The date is a spreadsheet’s number for a day, not a date',
    fix: 'In the spreadsheet set the column’s format to Date (DD/MM/YYYY), then save as CSV UTF-8 again.',
  },
  'no-such-date': {
    code: 'date-not-real',
    message: 'There is no such date',
    fix: 'Check the day and the month. Write the day first, like 31/01/2012.',
  },
};

/** A date, DD/MM/YYYY or ISO, as ISO text. */
export const date = (example: string): Cell<string> =>
  cell({
    format: 'A date, DD/MM/YYYY or YYYY-MM-DD',
    example,
    isDate: true,
    read: (raw) => {
      const reading = readDateText(raw);
      if (!reading.ok) return { fault: dateFaults[reading.reason] };
      // 1 January 1900 is what systems store for "no date"; nothing in these feeds is older.
      return reading.value <= '1900-01-01'
        ? {
            fault: {
              code: 'date-placeholder',
              message: 'The date is too far back to be real',
              fix: 'Enter the real date.',
              emptyIf: 'you do not know it',
            },
          }
        : { value: reading.value };
    },
  });

const yes = new Set(['y', 'yes', 'true', 't', '1']);
const no = new Set(['n', 'no', 'false', 'f', '0']);

export const yesNo: Cell<boolean> = cell({
  format: 'Y or N',
  example: 'N',
  read: (raw) => {
    const answer = raw.trim().toLowerCase();
    if (yes.has(answer)) return { value: true };
    if (no.has(answer)) return { value: false };
    return { fault: { code: 'flag-unknown', message: 'The answer is not yes or no', fix: 'Enter Y or N.' } };
  },
});

const wholeNumberText = /^\d{1,9}(?:\.0+)?$/;

export const wholeNumber = (limits: { readonly max: number; readonly example: string }): Cell<number> =>
  cell({
    format: `A whole number, 0 to ${String(limits.max)}`,
    example: limits.example,
    read: (raw) => {
      const digits = raw.trim().replaceAll(',', '');
      const value = wholeNumberText.test(digits) ? Number(digits) : -1;
      return value >= 0 && value <= limits.max
        ? { value }
        : {
            fault: {
              code: 'number-not-whole',
              message: `This is not a whole number from 0 to ${String(limits.max)}`,
              fix: 'Enter digits only, without words, units or a decimal point.',
            },
          };
    },
  });

export const decimalNumber = (limits: { readonly max: number; readonly example: string }): Cell<number> =>
  cell({
    format: `A number, 0 to ${String(limits.max)}`,
    example: limits.example,
    read: (raw) => {
      const digits = raw.trim().replaceAll(',', '');
      const value = /^\d{1,9}(?:\.\d{1,4})?$/.test(digits) ? Number(digits) : -1;
      return value >= 0 && value <= limits.max
        ? { value }
        : {
            fault: {
              code: 'number-not-valid',
              message: `This is not a number from 0 to ${String(limits.max)}`,
              fix: 'Enter digits only, with a point for decimals, without words, units or a pound sign.',
            },
          };
    },
  });

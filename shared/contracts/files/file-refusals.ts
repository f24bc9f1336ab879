import type { FileRefusal } from '../../domain/uploads/upload.ts';

const chooseUtf8 = 'choose File, then Save As, then the type “CSV UTF-8 (Comma delimited) (*.csv)”, and send that file.';
const saveAsUtf8 = `In Excel ${chooseUtf8}`;

const quoted = (names: readonly string[]): string => names.join(', ');

/** Why a whole file cannot be taken. Every text is ours: nothing from the file is repeated but names of our own columns. */
export const fileRefusals = {
  empty: {
    code: 'file-empty',
    message: 'The file is empty',
    fix: 'Export it again, and open it to check that it has rows before you send it.',
  },
  noRows: {
    code: 'file-no-rows',
    message: 'The file has column names but no rows',
    fix: 'We take this file as the whole list, so an empty one would mean that nobody is on it any more. Export it again and check that it has rows.',
  },
  excel: { code: 'file-is-excel', message: 'This is an Excel workbook, not a CSV file', fix: saveAsUtf8 },
  officeDocument: {
    code: 'file-is-office-document',
    message: 'This is an Office document or an old Excel workbook, not a CSV file',
    fix: saveAsUtf8,
  },
  pdf: {
    code: 'file-is-pdf',
    message: 'This is a PDF, not a CSV file',
    fix: 'Export the data from your system as CSV and send that file.',
  },
  zip: { code: 'file-is-zip', message: 'This is a compressed (zip) file', fix: 'Unpack it and send the CSV file that is in it.' },
  webPage: {
    code: 'file-is-markup',
    message: 'This is a web page or XML, not a CSV file',
    fix: `Some systems name such a file .xls or .csv. Open it in Excel, ${chooseUtf8}`,
  },
  json: {
    code: 'file-is-json',
    message: 'This is JSON, not a CSV file',
    fix: 'Export the data from your system as CSV and send that file.',
  },
  binary: {
    code: 'file-is-binary',
    message: 'This is not a text file: it has bytes that no CSV file has',
    fix: 'Export the data from your system as CSV and send that file.',
  },
  utf16: { code: 'file-is-utf-16', message: 'The file is saved as “Unicode text” (UTF-16), which we cannot read', fix: saveAsUtf8 },
  notUtf8: {
    code: 'file-not-utf-8',
    message: 'The file is not saved as UTF-8, so some letters cannot be read',
    fix: saveAsUtf8,
  },
  mixedEncodings: {
    code: 'file-mixed-encodings',
    message: 'Some letters of the file are written in one encoding and some in another, so names would come out wrong',
    fix: 'Parts of two files may have been put together. Export the data again in one go, saved as “CSV UTF-8”.',
  },
  unknownEncoding: {
    code: 'file-encoding-unknown',
    message: 'We cannot tell how the letters of the file are written, so names could come out wrong',
    fix: saveAsUtf8,
  },
  passwordProtected: {
    code: 'file-password-protected',
    message: 'The selected file is password protected',
    fix: 'Remove the password and send the file again. The link and the connection are secure without it.',
  },
  workbookDamaged: {
    code: 'workbook-damaged',
    message: 'The Excel workbook is damaged and cannot be read',
    fix: `Open it in Excel and save it again. If that does not help: ${saveAsUtf8}`,
  },
  workbookTooLarge: {
    code: 'workbook-too-large',
    message: 'The Excel workbook is too large to be read, or unpacks to far more than it seems to hold',
    fix: saveAsUtf8,
  },
  workbookUnsafe: {
    code: 'workbook-unsafe',
    message: 'The workbook has parts that no spreadsheet program writes, and was not opened',
    fix: 'Copy the rows into a new workbook, save that as .xlsx or “CSV UTF-8 (Comma delimited)”, and send it.',
  },
  workbookWithMacros: {
    code: 'workbook-with-macros',
    message: 'The workbook has macros in it, and was not opened',
    fix: 'In Excel choose File, Save As, “Excel Workbook (*.xlsx)”, and send that file.',
  },
  headerTooLong: {
    code: 'header-too-long',
    message: 'The first row is too long to be a row of column names',
    fix: 'The first row of the file must hold the column names. Download the template and compare.',
  },
  headerUnreadable: {
    code: 'header-unreadable',
    message: 'The quotes in the first row do not match',
    fix: 'The first row of the file must hold the column names. Remove the quotes from it, or download the template and compare.',
  },
  tooManyColumns: (most: number) => ({
    code: 'columns-too-many',
    message: `The file has more than ${String(most)} columns`,
    fix: 'Take out the columns that we did not ask for.',
  }),
  noHeader: (title: string) => ({
    code: 'header-missing',
    message: `The first row does not hold the column names of “${title}”`,
    fix: 'Put the column names in the first row. Download the template to see them.',
  }),
  titleRows: (rows: number) => ({
    code: 'title-rows',
    message: rows === 1 ? 'There is a row above the column names' : `There are ${String(rows)} rows above the column names`,
    fix: 'Remove everything above the row with the column names, so that it is the first row of the file.',
  }),
  otherFeed: (title: string, other: string) => ({
    code: 'other-feed',
    message: `The columns of this file are those of “${other}”, but this link is for “${title}”`,
    fix: `Send the “${title}” file here. Use the link for “${other}” for this one.`,
  }),
  /** `mayBeEmpty`: those of them whose cells may be. */
  missingColumns: (names: readonly string[], mayBeEmpty: readonly string[] = []) => ({
    code: 'columns-missing',
    message: names.length === 1 ? `The column ${quoted(names)} is missing` : `These columns are missing: ${quoted(names)}`,
    fix: [
      names.length === 1 ? 'Add it with the same name, or rename yours.' : 'Add them with the same names, or rename yours.',
      ...(mayBeEmpty.length === 0
        ? []
        : [`We know a record again by ${quoted(mayBeEmpty)}: leave the cell empty where you have no value.`]),
      'Download the template to see all the names.',
    ].join(' '),
  }),
  duplicateColumns: (names: readonly string[]) => ({
    code: 'columns-twice',
    message: names.length === 1 ? `The column ${quoted(names)} is there twice` : `These columns are there twice: ${quoted(names)}`,
    fix: 'Keep one of each, or rename the other.',
  }),
} as const satisfies Record<string, FileRefusal | ((...details: never[]) => FileRefusal)>;

import type { IdentifierReading } from '../../domain/identifiers/identifier-reading.ts';
import { readNhsNumber } from '../../domain/identifiers/nhs-number.ts';
import { readNino } from '../../domain/identifiers/nino.ts';
import { readPncId } from '../../domain/identifiers/pnc-id.ts';
import { isPseudoPostcode, readPostcode } from '../../domain/identifiers/postcode.ts';
import { isUpnUnknownCode, readUpn } from '../../domain/identifiers/upn.ts';
import { readUprn } from '../../domain/identifiers/uprn.ts';
import { cell } from './cell.ts';
import type { Cell, CellFault } from './cell.ts';
import { scientificNotation } from './cells.ts';
import { isScientificNotation } from './spreadsheet-damage.ts';

const identifier = <Reason extends string>(options: {
  readonly name: string;
  readonly format: string;
  readonly example: string;
  readonly read: (text: string) => IdentifierReading<Reason>;
  readonly faults: Readonly<Record<Reason, CellFault>>;
  readonly digits?: number;
  /** Text that stands for "there is none"; counts as an empty cell. */
  readonly isNone?: (text: string) => boolean;
}): Cell<string | undefined> =>
  cell({
    format: options.format,
    example: options.example,
    ...(options.digits !== undefined && { digits: options.digits }),
    read: (raw) => {
      if (isScientificNotation(raw)) return { fault: scientificNotation(options.name) };
      if (options.isNone?.(raw) === true) return { value: undefined };
      const reading = options.read(raw);
      return reading.ok ? { value: reading.value } : { fault: options.faults[reading.reason] };
    },
  });

export const upn = identifier({
  name: 'UPN',
  format: 'A unique pupil number: a letter and 12 digits, or for a temporary one a letter, 11 digits and a letter',
  example: 'J340123425001',
  read: readUpn,
  isNone: isUpnUnknownCode,
  faults: {
    shape: {
      code: 'upn-format',
      message: 'The UPN must be a letter and 12 digits, or a letter, 11 digits and a letter',
      fix: 'Copy the UPN from the pupil’s record.',
      emptyIf: 'the pupil has none',
    },
    'check-letter': {
      code: 'upn-check-letter',
      message: 'The first letter of the UPN does not agree with its digits',
      fix: 'Copy the UPN from the pupil’s record again: a character is wrong or two are swapped.',
    },
  },
});

export const nhsNumber = identifier({
  name: 'NHS number',
  format: 'An NHS number: 10 digits, with or without spaces',
  example: '999 000 0018',
  digits: 10,
  read: readNhsNumber,
  faults: {
    shape: {
      code: 'nhs-number-format',
      message: 'The NHS number must have 10 digits',
      fix: 'Copy the NHS number from your system.',
      emptyIf: 'you do not know it',
    },
    'check-digit': {
      code: 'nhs-number-check-digit',
      message: 'The NHS number is not a real one: its last digit does not agree with the others',
      fix: 'Copy the NHS number from your system again: a digit is wrong or two are swapped.',
      emptyIf: 'you do not know it',
    },
  },
});

export const nino = identifier({
  name: 'National Insurance number',
  format: 'A National Insurance number: 2 letters, 6 digits and a letter from A to D, with or without spaces',
  example: 'AB 12 34 56 C',
  read: readNino,
  faults: {
    shape: {
      code: 'nino-format',
      message: 'The National Insurance number must be 2 letters, 6 digits and a letter from A to D',
      fix: 'Copy the number from your system.',
      emptyIf: 'you do not know it',
    },
    prefix: {
      code: 'nino-prefix',
      message: 'No National Insurance number starts with these two letters',
      fix: 'Enter the real number.',
      emptyIf: 'your system only holds a reference made up in its place',
    },
    'suffix-missing': {
      code: 'nino-suffix-missing',
      message: 'The National Insurance number has no letter at its end',
      fix: 'Add the last letter (A, B, C or D).',
      emptyIf: 'you do not know it',
    },
    'temporary-reference': {
      code: 'nino-temporary-reference',
      message: 'This is a temporary reference number, not a National Insurance number',
      fix: 'Enter the National Insurance number.',
      emptyIf: 'there is none yet',
    },
  },
});

export const pncId = identifier({
  name: 'PNC ID',
  format: 'A Police National Computer ID, like 2003/0011985X or 03/11985X',
  example: '2003/0011985X',
  read: readPncId,
  faults: {
    shape: {
      code: 'pnc-id-format',
      message: 'The PNC ID must be a year, a slash, up to 7 digits and a letter',
      fix: 'Write it like 2003/0011985X.',
      emptyIf: 'you do not know it',
    },
    'check-letter': {
      code: 'pnc-id-check-letter',
      message: 'The last letter of the PNC ID does not agree with its digits',
      fix: 'Copy the PNC ID from your system again: a character is wrong or two are swapped.',
    },
  },
});

export const postcode = identifier({
  name: 'postcode',
  format: 'A full postcode. Leave empty, or write ZZ99 3VZ, for no fixed abode',
  example: 'L36 9GL',
  read: readPostcode,
  isNone: isPseudoPostcode,
  faults: {
    shape: {
      code: 'postcode-format',
      message: 'The postcode is not a full United Kingdom postcode',
      fix: 'Enter a full postcode, like L36 9GL.',
      emptyIf: 'there is none or you do not know it',
    },
  },
});

export const uprn = identifier({
  name: 'UPRN',
  format: 'A unique property reference number: up to 12 digits, leading zeros or not',
  example: '100023336956',
  read: readUprn,
  faults: {
    shape: {
      code: 'uprn-format',
      message: 'The UPRN must be a number of up to 12 digits',
      fix: 'Copy the UPRN from your address list.',
      emptyIf: 'you do not know it',
    },
  },
});

import { addMonths, formatIsoDate, parseIsoDate } from '../../domain/calendar/calendar-date.ts';
import type { Address, PersonDetails } from '../../domain/people/person-details.ts';
import { date, personName, text, yesNo } from './cells.ts';
import { sex } from './choice-cells.ts';
import { optional } from './define-feed.ts';
import type { FilePeriod } from './feed-definition.ts';
import { postcode, uprn } from './identifier-cells.ts';
import { present } from './present.ts';

/** Who a row is about. */
export const nameColumns = {
  surname: optional(personName('Example'), 'Family name, as your system has it now.'),
  forename: optional(personName('Alex'), 'First name.'),
  dob: optional(date('31/01/2012'), 'Date of birth. Leave empty if you do not know it.'),
};

export const sexColumn = { sex: optional(sex, 'Sex. Helps to tell twins apart.') };

export const estimatedBirthColumn = { dob_estimated: optional(yesNo, 'Y if the date of birth is only an estimate.') };

/** Where the person lives. */
export const addressColumns = {
  address_line_1: optional(text('1 Example Street'), 'First line of the home address: house number or name, and street.'),
  town: optional(text('Huyton'), 'Town.'),
  postcode: optional(postcode, 'Postcode of the home address.'),
  uprn: optional(uprn, 'Unique property reference number of the home address, if you have it.'),
  sensitive_address_flag: optional(
    yesNo,
    'Y if the address must not be known to others, for example a refuge. It will not be shown or used to connect people.',
  ),
};

export interface PersonCells {
  readonly surname?: string | undefined;
  readonly forename?: string | undefined;
  readonly middle_names?: string | undefined;
  readonly previous_surname?: string | undefined;
  readonly dob?: string | undefined;
  readonly dob_estimated?: boolean | undefined;
  readonly expected_birth_date?: string | undefined;
  readonly sex?: 'male' | 'female' | 'other' | undefined;
  readonly ethnicity?: string | undefined;
  readonly address_line_1?: string | undefined;
  readonly town?: string | undefined;
  readonly postcode?: string | undefined;
  readonly uprn?: string | undefined;
  readonly sensitive_address_flag?: boolean | undefined;
  readonly nhs_number?: string | undefined;
  readonly upn?: string | undefined;
  readonly former_upn?: string | undefined;
  readonly nino?: string | undefined;
  readonly pnc_id?: string | undefined;
}

/** What the common columns of a row say about its person. */
export const personDetails = (cells: PersonCells): PersonDetails =>
  present({
    forename: cells.forename,
    middleNames: cells.middle_names,
    surname: cells.surname,
    previousSurname: cells.previous_surname,
    birthDate: cells.dob,
    birthDateEstimated: cells.dob === undefined ? undefined : cells.dob_estimated,
    expectedBirthDate: cells.expected_birth_date,
    sex: cells.sex,
    ethnicity: cells.ethnicity,
    address: address(cells),
    addressProtected: cells.sensitive_address_flag,
    nhsNumber: cells.nhs_number,
    upn: cells.upn,
    formerUpn: cells.former_upn,
    nino: cells.nino,
    pncId: cells.pnc_id,
  });

const address = (cells: PersonCells): Address | undefined => {
  const { address_line_1: line, town, postcode: code, uprn: property } = cells;
  if (line === undefined && town === undefined && code === undefined && property === undefined) return undefined;
  return { lines: line === undefined ? [] : [line], ...present({ town, postcode: code, uprn: property }) };
};

type IdentityColumn = 'surname' | 'forename' | 'dob' | 'expected_birth_date' | 'nhs_number' | 'upn' | 'nino' | 'pnc_id';

interface PersonReport<Column extends string> {
  (problem: { readonly columns: readonly Column[]; readonly code: string; readonly message: string; readonly fix: string }): void;
}

/**
 * A row must say who it is about: by an identifier, or by a surname with a forename or a date of birth. An unborn child
 * has an expected date and often nothing else. `columns` are the identifying columns that the feed has.
 */
export const checkIdentity = <Column extends IdentityColumn>(
  cells: PersonCells,
  columns: readonly Column[],
  report: PersonReport<Column>,
): void => {
  const identified = [cells.nhs_number, cells.upn, cells.nino, cells.pnc_id, cells.expected_birth_date].some(
    (value) => value !== undefined,
  );
  const named = cells.surname !== undefined && (cells.forename !== undefined || cells.dob !== undefined);
  if (identified || named) return;
  report({
    columns,
    code: 'person-not-identified',
    message: 'The row does not say who it is about',
    fix: 'Give the surname with a forename or date of birth, or an identifier such as the NHS number or UPN where this file has it.',
  });
};

/** Nobody is born after the period that the file covers, or has lived for more than 115 years. */
export const checkBirthDate = <Column extends string>(
  birthDate: string | undefined,
  column: Column,
  report: PersonReport<Column>,
  period: FilePeriod,
): void => {
  if (birthDate === undefined) return;
  if (birthDate > period.end) {
    report({
      columns: [column],
      code: 'birth-date-in-future',
      message: 'The date of birth is after the end of the period that this file covers',
      fix: 'Correct the date of birth. Use the expected date, where this file has one, for a child not yet born.',
    });
  }
  const end = parseIsoDate(period.end);
  if (end !== undefined && birthDate < formatIsoDate(addMonths(end, -115 * 12))) {
    report({
      columns: [column],
      code: 'birth-date-too-early',
      message: 'The date of birth would make this person more than 115 years old',
      fix: 'Correct the date of birth, or leave the cell empty if you do not know it.',
    });
  }
};

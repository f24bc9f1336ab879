import { ageInYears, civilDate, dayNumber, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { nicknames } from './data/names.ts';
import { dateText, type FileStyle } from './file-style.ts';
import type { SamplePerson } from './model.ts';
import type { Random } from './random.ts';

/** How often an agency's record of a person differs from the truth, without being wrong enough to be refused. */
export interface ViewRates {
  readonly nickname: number;
  readonly nameTypo: number;
  /** Still the name before the marriage, where there is one. */
  readonly formerName: number;
  readonly dayAndMonthSwapped: number;
  readonly noBirthDate: number;
  /** The other address, where there is one: before the last move, or the other parent’s. */
  readonly otherAddress: number;
  readonly noPostcode: number;
  readonly noUprn: number;
  readonly paddedUprn: number;
  readonly noSex: number;
  readonly noNhsNumber: number;
  readonly spacedNhsNumber: number;
  readonly noUpn: number;
  readonly untidyUpn: number;
  readonly noNino: number;
  readonly spacedNino: number;
  readonly noPncId: number;
  readonly shortPncId: number;
}

export const usualRates: ViewRates = {
  nickname: 0.05,
  nameTypo: 0.02,
  formerName: 0.12,
  dayAndMonthSwapped: 0.004,
  noBirthDate: 0,
  otherAddress: 0.35,
  noPostcode: 0.03,
  noUprn: 0.25,
  paddedUprn: 0.05,
  noSex: 0.03,
  noNhsNumber: 0.06,
  spacedNhsNumber: 0.3,
  noUpn: 0.02,
  untidyUpn: 0.05,
  noNino: 0.15,
  spacedNino: 0.3,
  noPncId: 0.45,
  shortPncId: 0.4,
};

const misspell = (random: Random, name: string): string => {
  if (name.length < 4) return name;
  const at = random.int(1, name.length - 2);
  switch (random.int(0, 3)) {
    case 0:
      return name.slice(0, at) + name.slice(at + 1);
    case 1:
      return name.slice(0, at) + name.charAt(at) + name.slice(at);
    case 2:
      return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2);
    default:
      return name
        .replace('ph', 'f')
        .replace('ie', 'y')
        .replace('ai', 'ay')
        .replace('ll', 'l')
        .replace('ck', 'k')
        .replace('v', 'w')
        .replace(/e$/, '');
  }
};

/** The day and the month exchanged, as happens when one system writes 3/4 and the next reads 4/3; the same date where that is none. */
const swapDayAndMonth = (date: DayNumber): DayNumber => {
  const { year, month, day } = civilDate(date);
  return dayNumber(year, day, month) ?? date;
};

const spaced = (text: string, groups: readonly number[]): string => {
  let at = 0;
  return groups.map((length) => text.slice(at, (at += length))).join(' ');
};

/** The columns that say who a person is, as text, whatever of them a feed has. */
export type PersonColumns = Readonly<
  Record<
    | 'surname'
    | 'forename'
    | 'middle_names'
    | 'previous_surname'
    | 'dob'
    | 'dob_estimated'
    | 'expected_birth_date'
    | 'sex'
    | 'ethnicity'
    | 'address_line_1'
    | 'town'
    | 'postcode'
    | 'uprn'
    | 'sensitive_address_flag'
    | 'nhs_number'
    | 'upn'
    | 'former_upn'
    | 'nino'
    | 'pnc_id'
    | 'partner_person_id',
    string
  >
>;

/** An agency's own record of a person: drawn once per agency and person, so that its rows agree with each other. */
export const agencyView = (random: Random, person: SamplePerson, style: FileStyle, rates: ViewRates, asOf: DayNumber): PersonColumns => {
  const age = ageInYears(person.birthDate, asOf);
  const or = (probability: number, text: string, otherwise = ''): string => (random.chance(probability) ? otherwise : text);
  const inCase = (name: string): string => (style.upperCaseNames ? name.toUpperCase() : name);

  const shortForms = nicknames[person.forename];
  let forename = shortForms && random.chance(rates.nickname * 2) ? random.pick(shortForms) : person.forename;
  if (random.chance(rates.nameTypo)) forename = misspell(random, forename);
  const former = person.previousSurname !== undefined && random.chance(rates.formerName) ? person.previousSurname : undefined;
  let surname = former ?? person.surname;
  if (surname.includes('-') && random.chance(0.3)) surname = surname.replace('-', random.chance(0.5) ? ' ' : ' - ');
  if (surname.startsWith("O'") && random.chance(0.35)) surname = random.chance(0.5) ? surname.replace("'", '’') : surname.replace("'", '');
  if (random.chance(rates.nameTypo)) surname = misspell(random, surname);

  const address = person.otherAddress && random.chance(rates.otherAddress) ? person.otherAddress : person.address;
  // Not for the very young: the date could come out later than the file.
  const birthDate = random.chance(rates.dayAndMonthSwapped) && age >= 3 ? swapDayAndMonth(person.birthDate) : person.birthDate;
  const upn = person.temporaryUpn !== undefined && random.chance(0.4) ? person.temporaryUpn : person.upn;
  const untidy = random.chance(rates.untidyUpn);
  const uprn = random.chance(rates.paddedUprn) ? address.uprn.padStart(12, '0') : address.uprn;
  const shortPnc = person.pncId.slice(2).replace(/\/0+/, '/');
  return {
    surname: inCase(surname),
    forename: person.unborn ? '' : inCase(forename),
    middle_names: person.unborn || person.middleName === undefined ? '' : inCase(or(0.4, person.middleName)),
    previous_surname: person.previousSurname === undefined || former !== undefined ? '' : inCase(or(0.5, person.previousSurname)),
    dob: person.unborn ? '' : or(rates.noBirthDate, dateText(birthDate, style)),
    dob_estimated: '',
    expected_birth_date: person.unborn ? dateText(person.birthDate, style) : '',
    sex: person.unborn ? '' : or(rates.noSex, person.sex === 'male' ? 'M' : 'F'),
    ethnicity: or(0.06, person.ethnicity),
    address_line_1: inCase(address.lines.join(', ')),
    town: inCase(address.town),
    postcode: or(rates.noPostcode, random.chance(0.04) ? address.postcode.replace(' ', '') : address.postcode),
    uprn: or(rates.noUprn, uprn),
    sensitive_address_flag: person.address.kind === 'refuge' ? 'Y' : random.chance(0.5) ? 'N' : '',
    nhs_number: person.unborn
      ? ''
      : or(rates.noNhsNumber, random.chance(rates.spacedNhsNumber) ? spaced(person.nhsNumber, [3, 3, 4]) : person.nhsNumber),
    upn: person.unborn || age < 3 ? '' : or(rates.noUpn, untidy ? spaced(upn, [4, 4, 5]).toLowerCase() : upn),
    former_upn: upn === person.upn && person.temporaryUpn !== undefined ? or(0.5, person.temporaryUpn) : '',
    nino: age < 16 ? '' : or(rates.noNino, random.chance(rates.spacedNino) ? spaced(person.nino, [2, 2, 2, 2, 1]) : person.nino),
    pnc_id: age < 10 ? '' : or(rates.noPncId, random.chance(rates.shortPncId) ? shortPnc : person.pncId),
    partner_person_id: '',
  };
};

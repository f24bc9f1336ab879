import type { PersonDetails } from '../../people/person-details.ts';
import { isDefaultBirthDate } from '../placeholders.ts';
import { cleanRow } from './clean-row.ts';
import type { MatchRow } from './match-row.ts';

/**
 * What a row says about somebody, as the engine compares it; `source` is the feed. An address that must not be known neither
 * finds anybody nor speaks for anybody. An agency's own numbers are left out: they are given out in sequence, so that two
 * children registered together differ in one digit.
 */
export const rowOfDetails = (details: PersonDetails, source: string): MatchRow => {
  const { forename, middleNames, surname, previousSurname, birthDate, birthDateEstimated, sex, nhsNumber, upn, formerUpn, nino } = details;
  const address = details.addressProtected === true ? undefined : details.address;
  return cleanRow({
    rowId: '',
    source,
    forename,
    middleNames,
    surname,
    previousSurname,
    birthDate: birthDate === undefined || isDefaultBirthDate(birthDate) ? undefined : birthDate,
    birthDateEstimated,
    sex,
    addressLines: address?.lines,
    locality: address?.town,
    postcode: address?.postcode,
    uprn: address?.uprn,
    identifiers: { 'nhs-number': nhsNumber, upn, 'former-upn': formerUpn, nino },
  });
};

const addressFields: ReadonlySet<string> = new Set(['address', 'locality', 'postcode', 'uprn']);

/** The row without where the person lives. */
export const withoutAddress = (row: MatchRow): MatchRow => ({
  ...row,
  values: Object.fromEntries(Object.entries(row.values).filter(([field]) => !addressFields.has(field))),
});

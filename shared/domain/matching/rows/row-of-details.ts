import type { PersonDetails } from '../../people/person-details.ts';
import { isDefaultBirthDate } from '../placeholders.ts';
import { cleanRow } from './clean-row.ts';
import type { MatchRow } from './match-row.ts';

/** Who sends the row: numbers of its own mean something only in its own rows. */
export interface RowSource {
  readonly agency: string;
  readonly feed: string;
}

/**
 * What a row says about somebody, as the engine compares it. An address that must not be known neither finds anybody nor
 * speaks for anybody.
 */
export const rowOfDetails = (details: PersonDetails, { agency, feed }: RowSource): MatchRow => {
  const { forename, middleNames, surname, previousSurname, birthDate, birthDateEstimated, sex, nhsNumber, upn, formerUpn, nino } = details;
  const { agencyPersonId, agencyRegister = '' } = details;
  const address = details.addressProtected === true ? undefined : details.address;
  return cleanRow({
    rowId: '',
    source: feed,
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
    ownNumber:
      agencyPersonId === undefined
        ? undefined
        : { register: [feed, agency, agencyRegister].join('/').replaceAll(/[^\p{L}\p{N}/-]/gu, ''), number: agencyPersonId },
  });
};

const addressFields: ReadonlySet<string> = new Set(['address', 'locality', 'postcode', 'uprn']);

/** The row without where the person lives. */
export const withoutAddress = (row: MatchRow): MatchRow => ({
  ...row,
  values: Object.fromEntries(Object.entries(row.values).filter(([field]) => !addressFields.has(field))),
});

import { cleanNames } from '../../names/cleaning/clean-names.ts';
import { cleanAddress, cleanPostcode } from './clean-address.ts';
import { cleanBirthDate } from './clean-birth-date.ts';
import { cleanEmail, cleanIdentifier, cleanPhone } from './clean-identifier.ts';
import type { MatchRow, RawRow } from './match-row.ts';

/** Raised whenever cleaning gives another value for the same text: what was cleaned before has to be cleaned again. */
export const cleaningVersion = 2;

const sexes: Readonly<Record<string, string>> = { female: 'f', woman: 'f', girl: 'f', male: 'm', man: 'm', boy: 'm', '1': 'm', '2': 'f' };
const sexNotKnown = new Set(['', 'u', 'unknown', 'not known', 'not specified', '0', '9', 'x', 'na', 'n/a']);

export const cleanRow = (raw: RawRow): MatchRow => {
  const values: Record<string, readonly string[]> = {};
  const put = (field: string, ...found: readonly (string | undefined)[]): void => {
    for (const value of found) {
      if (value === undefined) continue;
      const held = values[field];
      if (held === undefined) values[field] = [value];
      else if (!held.includes(value)) values[field] = [...held, value];
    }
  };
  const names = cleanNames(raw);
  put('forename', ...names.forenames);
  put('middleNames', names.middleNames || undefined);
  put('surname', ...names.surnames);
  put('generation', names.generation || undefined);
  put('birthDate', cleanBirthDate(raw.birthDate, raw.birthDateEstimated ?? false));
  put('sex', cleanSex(raw.sex));
  put('address', cleanAddress(raw.addressLines));
  put('locality', cleanText(raw.locality));
  put('postcode', cleanPostcode(raw.postcode));
  put('uprn', raw.uprn?.replaceAll(/\D/gu, '').replace(/^0+/u, '') || undefined);
  for (const phone of raw.phones ?? []) put('phone', cleanPhone(phone));
  for (const email of raw.emails ?? []) put('email', cleanEmail(email));
  for (const [type, text] of Object.entries(raw.identifiers ?? {})) {
    const identifier = text === undefined ? undefined : cleanIdentifier(type, text);
    if (identifier !== undefined) put(identifier.field, identifier.value);
  }
  if (raw.ownNumber !== undefined) put(`own:${raw.ownNumber.register}`, cleanIdentifier('', raw.ownNumber.number)?.value);
  for (const [field, text] of Object.entries(raw.other ?? {})) put(`other:${field}`, cleanText(text));
  return { cleaningVersion, rowId: raw.rowId, source: raw.source, values };
};

const cleanSex = (text: string | undefined): string | undefined => {
  const sex = text?.trim().toLowerCase() ?? '';
  return sexNotKnown.has(sex) ? undefined : (sexes[sex] ?? sex);
};

const cleanText = (text: string | undefined): string | undefined => {
  const cleaned =
    text
      ?.toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim() ?? '';
  return cleaned === '' || cleaned === 'unknown' || cleaned === 'n a' || cleaned === 'null' ? undefined : cleaned;
};

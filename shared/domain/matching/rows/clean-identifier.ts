import { readNhsNumber } from '../../identifiers/nhs-number.ts';
import { isTemporaryUpn, readUpn } from '../../identifiers/upn.ts';

/** Identifiers whose form is known, by the names that files give them; letters only. */
const knownTypes: Readonly<Record<string, string>> = {
  nhs: 'nhs-number',
  nhsno: 'nhs-number',
  nhsnumber: 'nhs-number',
  upn: 'upn',
  uniquepupilnumber: 'upn',
  formerupn: 'upn',
  nino: 'nino',
  ni: 'nino',
  ninumber: 'nino',
  nationalinsurancenumber: 'nino',
};

const nothing = new Set(['', 'NA', 'NONE', 'UNKNOWN', 'NULL', 'NOTKNOWN', 'TBC', 'NIL']);
const nino = /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?$/u;
const neverIssuedNino = /^(?:BG|GB|KN|NK|NT|TN|ZZ|CR|MW|NC)/u;

/**
 * The field and value that an identifier scores under, or undefined where it says nothing: blank, one repeated digit, or of
 * a known type with a failed check. A NINO counts without its suffix; a temporary UPN is a type of its own, because
 * another one says nothing against the same child.
 */
export const cleanIdentifier = (type: string, text: string): { field: string; value: string } | undefined => {
  const value = text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (nothing.has(value) || /^(.)\1+$/u.test(value)) return undefined;
  const known = knownTypes[type.toLowerCase().replaceAll(/[^a-z]/gu, '')];
  switch (known) {
    case 'nhs-number':
      return readNhsNumber(value).ok ? { field: 'id:nhs-number', value } : undefined;
    case 'upn':
      if (!readUpn(value).ok) return undefined;
      return { field: isTemporaryUpn(value) ? 'id:temporary-upn' : 'id:upn', value };
    case 'nino':
      return nino.test(value) && !neverIssuedNino.test(value) ? { field: 'id:nino', value: value.slice(0, 8) } : undefined;
    case undefined:
    default:
      return { field: `id:${type}`, value };
  }
};

/** Digits as dialled within the country; undefined where they are too few to be anybody's. */
export const cleanPhone = (text: string): string | undefined => {
  const digits = text.replaceAll(/\D/gu, '').replace(/^(?:0044|44(?=\d{10}$))0?/u, '0');
  return digits.length < 6 || /^0*(\d)\1+$/u.test(digits) ? undefined : digits;
};

export const cleanEmail = (text: string): string | undefined => {
  const email = text.trim().toLowerCase();
  return email === '' || email === 'n/a' || /^(?:no|none|noemail|unknown|test)@/u.test(email) ? undefined : email;
};

import { isNoAddress } from '../../identifiers/nobodys-home.ts';

/** Long forms and short ones of the same word in an address; a flat's number counts, the word before it does not. */
const shortForms: Readonly<Record<string, string>> = {
  street: 'st',
  str: 'st',
  saint: 'st',
  road: 'rd',
  avenue: 'ave',
  av: 'ave',
  drive: 'dr',
  lane: 'ln',
  close: 'cl',
  court: 'ct',
  crescent: 'cres',
  cr: 'cres',
  place: 'pl',
  square: 'sq',
  terrace: 'tce',
  ter: 'tce',
  terr: 'tce',
  gardens: 'gdns',
  garden: 'gdns',
  grove: 'gr',
  circuit: 'cct',
  circle: 'cir',
  boulevard: 'blvd',
  highway: 'hwy',
  parade: 'pde',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  mount: 'mt',
  house: 'hse',
  building: 'bldg',
};
const unitWords = new Set(['flat', 'apartment', 'apt', 'unit', 'room', 'rm', 'no', 'number', 'the']);

/** Number and street in lower case with short forms, `flat 2, 14 High Street` as `2 14 high st`; undefined where it is nobody's home. */
export const cleanAddress = (lines: readonly string[] | undefined): string | undefined => {
  if (lines === undefined || isNoAddress(lines.join(' '))) return undefined;
  const text = lines.join(' ').toLowerCase();
  const words = text.replaceAll(/['’.]/gu, '').split(/[^\p{L}\p{N}]+/u);
  let cleaned = '';
  for (const word of words) {
    if (word === '' || unitWords.has(word)) continue;
    cleaned += (cleaned === '' ? '' : ' ') + (shortForms[word] ?? word);
  }
  return cleaned === '' ? undefined : cleaned;
};

/** Capitals and digits; the NHS codes that stand for no place (ZZ99…) and one repeated digit are none. */
export const cleanPostcode = (text: string | undefined): string | undefined => {
  const squeezed = (text ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/gu, '');
  return squeezed === '' || /^(.)\1+$/u.test(squeezed) || squeezed.startsWith('ZZ99') || squeezed === 'NA' || squeezed === 'UNKNOWN'
    ? undefined
    : squeezed;
};

import { isNobodysHome } from '../../identifiers/nobodys-home.ts';
import { isPseudoPostcode } from '../../identifiers/postcode.ts';

/** Where somebody lives, taken apart for comparing. Parts that are not known are empty. */
export interface Dwelling {
  readonly uprn: string;
  /** House number with its letter: `14`, `14a`. */
  readonly number: string;
  /** Street, or the name of a house and its street: `high st`. */
  readonly street: string;
  /** Flat or room: `2`. */
  readonly unit: string;
  /** Capitals and digits without a space. */
  readonly postcode: string;
  readonly locality: string;
}

export interface AddressParts {
  /** Number and street in lower case with usual short forms, as the matching's cleaning leaves them: `2 14 high st`. */
  readonly address?: string | undefined;
  readonly postcode?: string | undefined;
  readonly uprn?: string | undefined;
  readonly locality?: string | undefined;
}

const ordinal = /^\d+(?:st|nd|rd|th)$/;
/** Behind a number these letters are part of it; N, E, S and W begin a street. */
const numberLetter = /^[abcdfgh]$/;
/** Undefined where nothing says which home it is, or it is nobody's: no fixed abode, an institution. */
export const readDwelling = ({ address = '', postcode = '', uprn = '', locality = '' }: AddressParts): Dwelling | undefined => {
  if (isNobodysHome(address) || isPseudoPostcode(postcode)) return undefined;
  const { number, street, unit } = takeApart(address);
  if (uprn === '' && number === '' && street === '') return undefined;
  return { uprn, number, street, unit, postcode, locality };
};

const takeApart = (address: string): Pick<Dwelling, 'number' | 'street' | 'unit'> => {
  const words = address.split(' ').filter((word) => word !== '');
  let first = 0;
  while (first < 2 && first < words.length && isNumber(words[first] ?? '')) first += 1;
  let unit = first === 2 ? (words[0] ?? '') : '';
  let number = first === 0 ? '' : (words[first - 1] ?? '');
  if (first > 0 && words.length > first + 1 && numberLetter.test(words[first] ?? '')) {
    number += words[first] ?? '';
    first += 1;
  }
  let end = words.length;
  while (end > first + 1 && (isNumber(words[end - 1] ?? '') || ((words[end - 1] ?? '').length === 1 && isNumber(words[end - 2] ?? ''))))
    end -= 1;
  if (end < words.length && unit === '') unit = words.slice(end).join('');
  return { number, street: words.slice(first, end).join(' '), unit };
};

/** With a slip in it a number may have a letter or two, and a word a digit. */
const isNumber = (word: string): boolean => !ordinal.test(word) && word.replaceAll(/\D/g, '').length * 2 >= word.length;

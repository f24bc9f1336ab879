import { modulus23Letters, squeeze } from './identifier-reading.ts';
import type { IdentifierReading } from './identifier-reading.ts';

export type UpnFault = 'shape' | 'check-letter';

const shape = /^[A-HJ-NP-RT-Z]\d{11}[A-HJ-NP-RT-Z0-9]$/;

/**
 * The check letter of a unique pupil number: characters 2 to 13 times 2 to 13, summed, modulo 23. The closing letter of
 * a temporary number counts with its place in the alphabet of 23. Source: DfE, Unique pupil numbers guide.
 */
const checkLetter = (upn: string): string | undefined => {
  let sum = 0;
  for (let position = 1; position < 13; position += 1) {
    const character = upn.charAt(position);
    const value = character >= 'A' ? modulus23Letters.indexOf(character) : Number(character);
    sum += value * (position + 1);
  }
  return modulus23Letters[sum % 23];
};

/** A permanent or temporary unique pupil number, upper case without spaces. */
export const readUpn = (text: string): IdentifierReading<UpnFault> => {
  const upn = squeeze(text);
  if (!shape.test(upn)) return { ok: false, reason: 'shape' };
  return upn.charAt(0) === checkLetter(upn) ? { ok: true, value: upn } : { ok: false, reason: 'check-letter' };
};

/** A temporary number ends in a letter; the permanent one replaces it later. */
export const isTemporaryUpn = (upn: string): boolean => /[A-Z]$/.test(upn);

/** The census codes that stand in the place of a number that is not known, UN1 to UN7. */
export const isUpnUnknownCode = (text: string): boolean => /^UN[1-7]$/.test(squeeze(text));

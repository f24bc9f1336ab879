import { modulus23Letters } from '#shared/domain/identifiers/identifier-reading.ts';
import type { Random } from './random.ts';

/**
 * Identifiers with right check digits that nobody has: NHS numbers in the range kept for tests (999…), pupil numbers
 * with invented school parts, National Insurance numbers of valid form.
 */
export interface IdentifierMaker {
  readonly nhsNumber: () => string;
  readonly upn: (allocated: number) => string;
  readonly temporaryUpn: (allocated: number) => string;
  readonly nino: () => string;
  readonly pncId: (year: number) => string;
}

const upnLocalAuthority = '340';
const ninoPrefixes = ['AB', 'CE', 'EH', 'HJ', 'JR', 'LX', 'PW', 'RS', 'SL', 'WM', 'YZ', 'TA'] as const;
const ninoSuffixes = 'ABCD';
const pncLetters = 'ZABCDEFGHJKLMNPQRTUVWXY';

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** The nine digits with their modulus-11 check digit, or undefined where the check would be ten. */
const withNhsCheck = (nine: string): string | undefined => {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(nine[i]) * (10 - i);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? undefined : `${nine}${String(check)}`;
};

const withUpnLetter = (twelve: string): string => {
  let sum = 0;
  for (let i = 0; i < 12; i++) {
    const character = twelve.charAt(i);
    const letter = modulus23Letters.indexOf(character);
    sum += (letter >= 0 ? letter : Number(character)) * (i + 2);
  }
  return `${modulus23Letters.charAt(sum % 23)}${twelve}`;
};

/** Counts through a range in a scattered order without repeating: `stride` and `size` have no common factor. */
const scattered = (offset: number, stride: number, size: number): (() => number) => {
  let count = 0;
  return () => {
    if (count >= size) throw new RangeError('identifiers used up: ask for fewer families');
    return (offset + stride * count++) % size;
  };
};

export const identifierMaker = (random: Random): IdentifierMaker => {
  const nhs = scattered(random.int(0, 999_999), 387_417, 1_000_000);
  const upn = scattered(random.int(0, 9_999_999), 3_141_593, 10_000_000);
  const nino = scattered(random.int(0, 999_999), 514_229, 4_000_000);
  const pnc = scattered(random.int(0, 999_999), 271_829, 9_999_999);
  return {
    nhsNumber: () => {
      for (;;) {
        const number = withNhsCheck(`999${digits(nhs(), 6)}`);
        if (number !== undefined) return number;
      }
    },
    upn: (allocated) => {
      const serial = digits(upn(), 7);
      return withUpnLetter(`${upnLocalAuthority}${serial.slice(0, 4)}${digits(allocated % 100, 2)}${serial.slice(4)}`);
    },
    temporaryUpn: (allocated) => {
      const serial = digits(upn(), 7);
      const last = modulus23Letters.charAt(Number(serial.charAt(6)) * 2 + random.int(0, 1));
      return withUpnLetter(`${upnLocalAuthority}${serial.slice(0, 4)}${digits(allocated % 100, 2)}${serial.slice(4, 6)}${last}`);
    },
    nino: () => {
      const serial = nino();
      const prefix = ninoPrefixes[serial % ninoPrefixes.length] ?? 'AB';
      return `${prefix}${digits(serial % 1_000_000, 6)}${ninoSuffixes.charAt(Math.floor(serial / 1_000_000))}`;
    },
    pncId: (year) => {
      const serial = digits(1 + pnc(), 7);
      const short = digits(year % 100, 2);
      return `${digits(year, 4)}/${serial}${pncLetters.charAt(Number(`${short}${serial}`) % 23)}`;
    },
  };
};

import { squeeze } from './identifier-reading.ts';
import type { IdentifierReading } from './identifier-reading.ts';

export type NhsNumberFault = 'shape' | 'check-digit';

/** Ten digits, the last a modulus-11 check. One repeated digit passes the arithmetic by accident (11 × n) and is refused as a placeholder. */
export const readNhsNumber = (text: string): IdentifierReading<NhsNumberFault> => {
  const digits = squeeze(text);
  if (!/^\d{10}$/.test(digits)) return { ok: false, reason: 'shape' };
  let sum = 0;
  for (let position = 0; position < 9; position += 1) sum += Number(digits.charAt(position)) * (10 - position);
  const check = (11 - (sum % 11)) % 11;
  if (check === 10 || check !== Number(digits.charAt(9)) || /^(\d)\1{9}$/.test(digits)) return { ok: false, reason: 'check-digit' };
  return { ok: true, value: digits };
};

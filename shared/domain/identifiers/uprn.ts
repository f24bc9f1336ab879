import { squeeze } from './identifier-reading.ts';
import type { IdentifierReading } from './identifier-reading.ts';

export type UprnFault = 'shape';

/** A unique property reference number: up to twelve digits, no check digit; without the leading zeros some systems pad with. */
export const readUprn = (text: string): IdentifierReading<UprnFault> => {
  const digits = squeeze(text);
  if (!/^\d{1,12}$/.test(digits)) return { ok: false, reason: 'shape' };
  const value = digits.replace(/^0+/, '');
  return value === '' ? { ok: false, reason: 'shape' } : { ok: true, value };
};

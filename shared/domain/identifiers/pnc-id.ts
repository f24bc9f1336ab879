import type { IdentifierReading } from './identifier-reading.ts';

export type PncIdFault = 'shape' | 'check-letter';

const letters = 'ZABCDEFGHJKLMNPQRTUVWXY';
const withSlash = /^(?:\d{2})?(\d{2})\/(\d{1,7})([A-HJ-NP-RT-Z])$/;
const withoutSlash = /^(?:\d{2})?(\d{2})(\d{7})([A-HJ-NP-RT-Z])$/;

/**
 * A Police National Computer id as `YY/NNNNNNNX`: the short and the long form of one id, with or without the leading
 * zeros of the serial, become the same text. The two-digit year and the seven-digit serial, read as one number, modulo
 * 23 give the letter. Without a slash the serial must have all its seven digits: otherwise the year cannot be told.
 */
export const readPncId = (text: string): IdentifierReading<PncIdFault> => {
  const compact = text.toUpperCase().replaceAll(/[\s-]/gu, '');
  const match = withSlash.exec(compact) ?? withoutSlash.exec(compact);
  if (!match) return { ok: false, reason: 'shape' };
  const [, year = '', shortSerial = '', letter = ''] = match;
  const serial = shortSerial.padStart(7, '0');
  if (letters[Number(year + serial) % 23] !== letter) return { ok: false, reason: 'check-letter' };
  return { ok: true, value: `${year}/${serial}${letter}` };
};

import { squeeze } from './identifier-reading.ts';
import type { IdentifierReading } from './identifier-reading.ts';

export type NinoFault = 'shape' | 'prefix' | 'suffix-missing' | 'temporary-reference';

const shape = /^[A-Z]{2}\d{6}[A-D]$/;
const prefixShape = /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]/;

/**
 * Prefixes that are never issued, and the administrative ones (CR, MW, NC) which stand in the place of a number in
 * some systems and which the published pattern lets pass. Source: HMRC National Insurance Manual, NIM39110.
 */
const neverIssued = new Set(['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ', 'CR', 'MW', 'NC']);

/** A National Insurance number, upper case without spaces. There is no check digit: only the form can be checked. */
export const readNino = (text: string): IdentifierReading<NinoFault> => {
  const nino = squeeze(text);
  if (/^\d{2}[A-Z]\d{5}$/.test(nino)) return { ok: false, reason: 'temporary-reference' };
  if (/^[A-Z]{2}\d{6}$/.test(nino)) return { ok: false, reason: 'suffix-missing' };
  if (!shape.test(nino)) return { ok: false, reason: 'shape' };
  if (!prefixShape.test(nino) || neverIssued.has(nino.slice(0, 2))) return { ok: false, reason: 'prefix' };
  return { ok: true, value: nino };
};

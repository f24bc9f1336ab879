import { squeeze } from './identifier-reading.ts';
import type { IdentifierReading } from './identifier-reading.ts';

export type PostcodeFault = 'shape';

const shape =
  /^([A-PR-UWYZ]\d\d?|[A-PR-UWYZ][A-HK-Y]\d\d?|[A-PR-UWYZ]\d[A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY]) \d[ABD-HJLNP-UW-Z]{2}$/;
const forcesNumber = /^BFPO\d{1,4}$/;

/** A postcode in capitals with one space before its last three characters. Only its form is checked, not whether it is in use. */
export const readPostcode = (text: string): IdentifierReading<PostcodeFault> => {
  const compact = squeeze(text);
  if (forcesNumber.test(compact)) return { ok: true, value: `BFPO ${compact.slice(4)}` };
  const postcode = `${compact.slice(0, -3)} ${compact.slice(-3)}`;
  return shape.test(postcode) || postcode === 'GIR 0AA' ? { ok: true, value: postcode } : { ok: false, reason: 'shape' };
};

/** The NHS pseudo postcodes (ZZ99 …: no fixed abode, not known, abroad). They name no place: nobody lives together there. */
export const isPseudoPostcode = (text: string): boolean => squeeze(text).startsWith('ZZ99');

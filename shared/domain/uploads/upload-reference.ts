/** No 0 O, 1 I L, U: nothing that is misread on paper or misheard on the phone, and no words. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;
/** Bytes from here on would favour the letters at the start of the alphabet. */
const fair = 256 - (256 % alphabet.length);

export const referencePattern = /^SF-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/;

/**
 * `SF-7Q4M-2XPT` out of random bytes: 30⁸ references, each as likely as the other. Undefined where too few of the bytes
 * can be used; 32 bytes fall short about once in 10¹⁹ times.
 */
export const uploadReference = (random: Uint8Array): string | undefined => {
  const letters = [...random]
    .filter((byte) => byte < fair)
    .slice(0, length)
    .map((byte) => alphabet.charAt(byte % alphabet.length));
  return letters.length < length ? undefined : `SF-${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
};

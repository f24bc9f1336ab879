/** So many wrong codes lock a link until staff give a new one. */
export const mostWrongCodes = 5;

const digits = 8;
/** Bytes from here on would favour the small digits. */
const fair = 250;

/**
 * `4821 9034` out of random bytes: 10⁸ codes, each as likely as the other, easy to say on the phone. Undefined where too few
 * of the bytes can be used; 32 bytes fall short about once in 10⁴⁰ times.
 */
export const linkCode = (random: Uint8Array): string | undefined => {
  const code = [...random]
    .filter((byte) => byte < fair)
    .slice(0, digits)
    .map((byte) => String(byte % 10))
    .join('');
  return code.length < digits ? undefined : `${code.slice(0, 4)} ${code.slice(4)}`;
};

/** The digits alone, however the code was written; anything else that was typed stays, and is wrong. */
export const plainCode = (typed: string): string => typed.replaceAll(/[\s-]/gu, '');

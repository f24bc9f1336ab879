import * as z from 'zod';

const letters = (text: string): number => (text.match(/[\p{L}\p{N}]/gu) ?? []).length;

/**
 * Words for people to read: between so many and so many characters, spaces around them apart. Nothing but spaces, dashes or characters
 * that nobody sees is none.
 */
export const wordsOf = ({ least = 1, most }: { readonly least?: number; readonly most?: number } = {}): z.ZodString => {
  const text = z.string().trim().min(least);
  return (most === undefined ? text : text.max(most)).refine((given) => given.length < least || letters(given) > 0, {
    message: 'It has no words',
    params: { code: 'no-words', fix: 'Write it in words.' },
  });
};

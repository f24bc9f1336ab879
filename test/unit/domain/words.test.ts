import { describe, expect, it } from 'vitest';
import { wordsOf } from '#shared/domain/words.ts';

describe('words for people to read', () => {
  const reason = wordsOf({ least: 5, most: 12 });

  it.each(['Needs met', '  Needs met  ', 'Ja, gern', 'דבר אחד', '12345'])('can be %j', (text) => {
    expect(reason.parse(text)).toBe(text.trim());
  });

  it.each([
    ['nothing but spaces', '          '],
    ['characters that nobody sees', '\u200B\u200B\u200B\u200B\u200B\u200B'],
    ['dashes and dots', '- . - . -'],
    ['too few', 'Yes'],
    ['too many', 'Needs are met'],
  ])('are not %s', (_, text) => {
    expect(reason.safeParse(text).success).toBe(false);
  });
});

import anyAscii from 'any-ascii';
import { expect, it } from 'vitest';
import { latinSpelling } from '#shared/domain/names/cleaning/latin-spellings.ts';

/** Letters as they come to the table: small, and without what Unicode can take off them. */
const letters = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).filter(
    (letter) => /^\p{L}$/u.test(letter) && letter.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '') === letter,
  );

it.each([
  ['Latin', 0x80, 0x24f, 'ß'],
  ['Greek', 0x386, 0x3ce, 'ω'],
  ['Cyrillic', 0x400, 0x4ff, 'щ'],
  ['Armenian', 0x561, 0x587, 'ծ'],
  ['Hebrew', 0x5d0, 0x5ea, 'ש'],
  ['Arabic, Persian and Urdu', 0x621, 0x6d5, 'گ'],
  ['Devanagari', 0x904, 0x939, 'श'],
  ['Bengali', 0x985, 0x9b9, 'ক'],
  ['Gurmukhi', 0xa05, 0xa39, 'ਕ'],
  ['Georgian', 0x10d0, 0x10f0, 'შ'],
  ['Ethiopic', 0x1200, 0x135a, 'ሀ'],
])('%s is written as the published table of transliterations writes it', (_, from, to, sample) => {
  const all = letters(from, to);
  expect(all).toContain(sample);
  const expected = all.map((letter) =>
    anyAscii(letter)
      .toLowerCase()
      .replaceAll(/[^a-z]/g, ''),
  );
  expect(all.map(latinSpelling)).toEqual(expected);
});

it('leaves letters of scripts that it does not have as they are', () => {
  expect(['王', 'ㄱ', 'ก'].map(latinSpelling)).toEqual(['王', 'ㄱ', 'ก']);
});

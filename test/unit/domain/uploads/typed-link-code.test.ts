import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTypedLinkCode, typedLinkCode } from '#shared/domain/uploads/typed-link-code.ts';
import { newTypedLinkCode } from '#shared/platform/typed-link-code.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codes = fc.uint8Array({ minLength: 18, maxLength: 18 }).map(typedLinkCode);
const place = fc.nat({ max: 19 });
const without = (code: string): string[] => Array.from(code.replaceAll('-', ''));

describe('A code that stands for a link where it is typed', () => {
  it('is eighteen characters and the two that make the number they write divisible by 1021', () => {
    // By hand: all zeros are 0; a last 1 is 1 × 1024 = 1021 + 3, and 1021 − 3 = 1018 = 31 × 32 + 26.
    expect(typedLinkCode(new Uint8Array(18))).toBe('0000-0000-0000-0000-0000');
    expect(typedLinkCode(new Uint8Array(18).fill(1, 17))).toBe('0000-0000-0000-0000-01ZT');
    for (let i = 0; i < 20; i += 1) {
      const value = without(newTypedLinkCode()).reduce((sum, character) => sum * 32n + BigInt(alphabet.indexOf(character)), 0n);
      expect(value % 1021n).toBe(0n);
    }
  });

  it('takes all of the chance that it is given', () => {
    expect(new Set(Array.from({ length: 32 }, (_, i) => typedLinkCode(new Uint8Array(18).fill(i)))).size).toBe(32);
    expect(typedLinkCode(new Uint8Array(18).fill(33))).toBe(typedLinkCode(new Uint8Array(18).fill(1)));
    expect(() => typedLinkCode(new Uint8Array(17))).toThrow(RangeError);
  });

  it('is read however it is written', () => {
    const code = typedLinkCode(new Uint8Array(18).fill(1));
    expect(code).toMatch(/^1111-1111-1111-1111-11/);
    for (const written of [
      code.toLowerCase(),
      code.replaceAll('-', ' '),
      ` ${code.replaceAll('-', '')} `,
      code.replaceAll('1', 'l'),
      code.replaceAll('1', 'I').replaceAll('-', '–'),
    ])
      expect(readTypedLinkCode(written)).toBe(code);
    expect(readTypedLinkCode('oooo-OOOO-0000-0000-0000')).toBe('0000-0000-0000-0000-0000');
  });

  it('tells any one wrong character, and any two that changed places', () => {
    fc.assert(
      fc.property(codes, place, place, fc.constantFrom(...Array.from(alphabet)), (code, i, j, other) => {
        const characters = without(code);
        const wrong = characters.toSpliced(i, 1, other).join('');
        expect(readTypedLinkCode(wrong)).toBe(characters[i] === other ? code : undefined);
        const swapped = characters.toSpliced(i, 1, characters[j] ?? '').toSpliced(j, 1, characters[i] ?? '');
        if (Math.abs(i - j) === 1) expect(readTypedLinkCode(swapped.join(''))).toBe(characters[i] === characters[j] ? code : undefined);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('is nothing else: a token, part of a code, text', () => {
    for (const text of [
      '',
      '7Q4M',
      'uJ3Vn6sQ0fYkq2m8hW5xR1tB7cD9eG4aZ-LpKoIjUyE',
      '0000-0000-0000-0000-000',
      '0000-0000-0000-0000-0000-0',
      '0000-0000-0000-0000-000U',
      '٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠',
    ])
      expect(readTypedLinkCode(text)).toBeUndefined();
  });
});

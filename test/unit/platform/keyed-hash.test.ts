import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyedHash } from '#shared/platform/keyed-hash.ts';

const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const { hash } = keyedHash(key, 1);

describe('the keyed hash', () => {
  // Computed with Python's hmac over 4-byte big-endian lengths and UTF-8 bytes, key 00 01 … 1f.
  it.each([
    [['nhs-number', '9434765919'], 'v1.Ras5gwO0jLRWKI79WYKvJVziMTRVq0O4U9qy49dphOs'],
    [['name', 'smith', '2015-03-09'], 'v1.xVDObEen9EqMiUXOKYbSepFVzU2ekDLruK4y2fFVdY0'],
    [['é'], 'v1.n2Bls4MG39QYe6jDHDwH5jYhD8f7h0pJPqlUHpbnkoM'],
  ])('of %j is HMAC-SHA256 over the parts with their lengths', ([domain = '', ...parts], expected) => {
    expect(hash(domain, ...parts)).toBe(expected);
  });

  it('tells apart parts that run together to the same text', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.array(fc.string(), { minLength: 1 }), (left, right) => {
        const same = JSON.stringify(left) === JSON.stringify(right);
        const [a = '', ...as] = left;
        const [b = '', ...bs] = right;
        expect(hash(a, ...as) === hash(b, ...bs)).toBe(same);
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(hash('name', 'ab', 'c')).not.toBe(hash('name', 'a', 'bc'));
    expect(hash('upn', 'x')).not.toBe(hash('nino', 'x'));
  });

  it('says nothing about what goes in', () => {
    expect(hash('nhs-number', '9434765919')).not.toContain('9434765919');
    expect(hash('nhs-number', '9434765919')).toMatch(/^v1\.[\w-]{43}$/);
  });

  it('gives other values under another key, and names the key', () => {
    expect(
      keyedHash(
        Uint8Array.from({ length: 32 }, () => 7),
        2,
      ).hash('upn', 'x'),
    ).toMatch(/^v2\./);
    expect(
      keyedHash(
        Uint8Array.from({ length: 32 }, () => 7),
        1,
      ).hash('upn', 'x'),
    ).not.toBe(hash('upn', 'x'));
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '#shared/domain/matching/similarity/edit-distance.ts';
import { jaro, jaroWinkler } from '#shared/domain/matching/similarity/jaro-winkler.ts';
import { campaign } from '#test/support/campaigns.ts';

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly jaroWinkler: number;
  readonly distance: number;
}

/** Made by other people's implementations: see make-string-pairs.py beside it. */
const pairs: readonly Pair[] = readFileSync('test/support/similarity/string-pairs.tsv', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [a = '', b = '', similarity, distance] = line.split('\t');
    return { a, b, jaroWinkler: Number(similarity), distance: Number(distance) };
  });

const { runs, seed } = campaign('similarity');
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 12 });
const check = (property: fc.IProperty<[string, string]>): void => {
  fc.assert(property, { numRuns: runs, seed });
};

describe('Jaro-Winkler', () => {
  it('agrees with an independent implementation on every pair of the fixture', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(10_000);
    const wrong = pairs.filter((pair) => Math.abs(jaroWinkler(pair.a, pair.b) - pair.jaroWinkler) > 6e-7);
    expect(wrong).toEqual([]);
  });

  it('gives the published values (Winkler 1990, 2006)', () => {
    expect(jaro('MARTHA', 'MARHTA')).toBeCloseTo(0.944444, 6);
    expect(jaroWinkler('MARTHA', 'MARHTA')).toBeCloseTo(0.961111, 6);
    expect(jaroWinkler('DWAYNE', 'DUANE')).toBeCloseTo(0.84, 6);
    expect(jaroWinkler('DIXON', 'DICKSONX')).toBeCloseTo(0.813333, 6);
  });

  it('rounds half a transposition down', () => {
    // Three letters of six are out of order: one transposition, not one and a half.
    expect(jaro('abcdef', 'bcadef')).toBeCloseTo((1 + 1 + 5 / 6) / 3, 12);
  });

  it('gives the bonus for a prefix only above 0.7', () => {
    expect(jaro('abxxxx', 'abyyyy')).toBeLessThan(0.7);
    expect(jaroWinkler('abxxxx', 'abyyyy')).toBe(jaro('abxxxx', 'abyyyy'));
  });

  it('likens a blank to nothing, not even to a blank', () => {
    expect([jaroWinkler('', ''), jaroWinkler('', 'a'), jaroWinkler('a', '')]).toEqual([0, 0, 0]);
  });

  it('is the same from both sides, from 0 to 1, and 1 for equal texts only', () => {
    check(
      fc.property(text, text, (a, b) => {
        const similarity = jaroWinkler(a, b);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
        expect(similarity === 1).toBe(a === b && a !== '');
        expect(jaroWinkler(b, a)).toBeCloseTo(similarity, 12);
      }),
    );
  });

  it('compares texts longer than it has seen, and remembers nothing of them', () => {
    const long = 'ab'.repeat(200);
    const before = jaroWinkler('dwayne', 'duane');
    expect(jaroWinkler(long, `${long}a`)).toBeGreaterThan(0.99);
    expect(jaroWinkler('dwayne', 'duane')).toBe(before);
  });
});

/** The textbook table, whole. */
const tableDistance = (a: string, b: string): number => {
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : i)));
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      table[i]![j] = Math.min(
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? table[i - 2]![j - 2]! + 1 : Infinity,
      );
    }
  }
  return table[a.length]![b.length]!;
};

describe('edit distance', () => {
  it('agrees with an independent implementation on every pair of the fixture, at any bound', () => {
    const wrong = pairs.filter(({ a, b, distance }) =>
      [0, 1, 2, 3, 40].some((max) => editDistance(a, b, max) !== Math.min(distance, max + 1)),
    );
    expect(wrong).toEqual([]);
  });

  it('counts a swap of neighbours as one, and edits no letter twice', () => {
    expect(editDistance('smiht', 'smith', 3)).toBe(1);
    expect(editDistance('ca', 'abc', 5)).toBe(3);
    expect(editDistance('kitten', 'sitting', 5)).toBe(3);
  });

  it('says no more than that it is further than asked', () => {
    expect(editDistance('kitten', 'sitting', 2)).toBe(3);
    expect(editDistance('', 'abcdef', 2)).toBe(3);
    expect(editDistance('', '', 2)).toBe(0);
  });

  it('equals the whole table at every bound', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 14 }), (a, b, max) => {
        expect(editDistance(a, b, max)).toBe(Math.min(tableDistance(a, b), max + 1));
      }),
      { numRuns: runs, seed },
    );
  });
});

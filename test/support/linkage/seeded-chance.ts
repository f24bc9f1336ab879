import { seededRandom } from '#infra/local/cli/match/seeded-random.ts';

/** Draws for made-up rows, the same for the same seed. */
export const seededChance = (seed: number) => {
  const next = seededRandom(seed);
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
  return { next, int, pick, happens: (share: number): boolean => next() < share };
};
export type Chance = ReturnType<typeof seededChance>;

const near: Readonly<Record<string, string>> = {
  a: 'qs',
  b: 'vn',
  c: 'xv',
  d: 'sf',
  e: 'wr',
  f: 'dg',
  g: 'fh',
  h: 'gj',
  i: 'uo',
  k: 'jl',
  l: 'k',
  m: 'n',
  n: 'bm',
  o: 'ip',
  p: 'o',
  r: 'et',
  s: 'ad',
  t: 'ry',
  u: 'yi',
  v: 'cb',
  w: 'qe',
  y: 'tu',
  z: 'x',
};

/** One slip of a typist: a letter left out, doubled, swapped with its neighbour or hit beside. */
export const slip = (text: string, chance: Chance): string => {
  if (text.length < 2) return text;
  const at = chance.int(0, text.length - 2);
  const letter = text.charAt(at);
  switch (chance.int(0, 3)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + letter + text.slice(at);
    case 2:
      return text.slice(0, at) + text.charAt(at + 1) + letter + text.slice(at + 2);
    default:
      return (
        text.slice(0, at) +
        (/\d/u.test(letter) ? String(chance.int(0, 9)) : chance.pick((near[letter] ?? 'e').split(''))) +
        text.slice(at + 1)
      );
  }
};

import { describe, expect, it } from 'vitest';
import { drawTable, seededRandom } from '#infra/local/sample-data/random.ts';

const take = (seed: string, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe('a seeded source of chance', () => {
  it('gives the same sequence for the same seed and another for another', () => {
    expect(take('1', 20)).toEqual(take('1', 20));
    expect(take('1', 20)).not.toEqual(take('2', 20));
  });

  it('spreads evenly over its range', () => {
    const tenths = new Array<number>(10).fill(0);
    for (const value of take('even', 20_000)) tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('draws whole numbers from both ends of a range and nothing beyond', () => {
    const random = seededRandom('range');
    const drawn = new Set(Array.from({ length: 500 }, () => random.int(3, 6)));
    expect([...drawn].toSorted()).toEqual([3, 4, 5, 6]);
  });

  it('draws by weight', () => {
    const random = seededRandom('weights');
    const table = drawTable([
      ['often', 9],
      ['seldom', 1],
      ['never', 0],
    ] as const);
    const drawn = Array.from({ length: 5000 }, () => random.draw(table));
    expect(drawn.filter((each) => each === 'never')).toEqual([]);
    expect(drawn.filter((each) => each === 'seldom').length).toBeGreaterThan(400);
    expect(drawn.filter((each) => each === 'seldom').length).toBeLessThan(600);
  });

  it('shuffles without losing or doubling anything', () => {
    const values = Array.from({ length: 50 }, (_, index) => index);
    const shuffled = seededRandom('cards').shuffled(values);
    expect(shuffled).not.toEqual(values);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(values);
  });

  it('forks into a sequence of its own, whatever was drawn before', () => {
    const untouched = seededRandom('root').fork('branch').next();
    const random = seededRandom('root');
    random.next();
    expect(random.fork('branch').next()).toBe(untouched);
    expect(random.fork('other').next()).not.toBe(untouched);
  });
});

import { expect, it } from 'vitest';
import { itemSize, transactionalWriteUnits } from '#shared/store/item-size.ts';

it('counts names and values in bytes of UTF-8', () => {
  expect(itemSize({ pk: 'a', sk: 'bc' })).toBe(2 + 1 + 2 + 2);
  expect(itemSize({ n: 'é' })).toBe(1 + 2);
  expect(itemSize({ n: true, m: null })).toBe(1 + 1 + 1 + 1);
  expect(itemSize({ l: ['a', 'b'] })).toBe(1 + 3 + 2 * (1 + 1));
  expect(itemSize({ m: { a: 'b', left: undefined } })).toBe(1 + 3 + 1 + 1 + 1);
});

it('a transaction pays two units for each KB begun', () => {
  expect([1, 1024, 1025, 4096].map(transactionalWriteUnits)).toEqual([2, 2, 4, 8]);
});

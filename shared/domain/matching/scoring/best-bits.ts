import type { PreparedField } from '../model/prepare-model.ts';

/** Bits of two known values of a field, for rows of a source. */
export const bitsBetween = (value: string, held: string, field: PreparedField, source: string): number => {
  const level = field.compare(value, held);
  return (field.bits(source)[level] ?? 0) + (level === 0 ? field.rarity(value) : 0);
};

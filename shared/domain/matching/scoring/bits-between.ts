import type { PreparedField } from '../model/prepare-model.ts';

/** Bits of two known values of a field, for rows of a source. */
export const bitsBetween = (value: string, held: string, field: PreparedField, source: string): number => {
  const level = field.compare(value, held);
  if (level < 0) return 0;
  const bits = field.bits(source);
  const equal = (bits[0] ?? 0) + field.rarity(value);
  return level === 0 ? equal : likeBits(bits[level] ?? 0, equal, field, held, bits[0]);
};

/** Likeness never says more than equality with the rarer of the two would: what is common is often met by chance, with slips or without. */
export const likeBits = (bits: number, equal: number, field: PreparedField, held: string, ofEquality = 0): number =>
  bits <= 0 || bits <= equal ? bits : Math.min(bits, Math.max(equal, ofEquality + field.rarity(held)));

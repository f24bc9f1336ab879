import { comparisons } from '../compare/comparison-kinds.ts';
import type { PreparedModel } from '../model/prepare-model.ts';
import type { MatchPerson } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { scoreBits, type FieldEvidence, type RowScore } from './score-row.ts';

/**
 * The same score as `scoreBits` with its parts. What the person's rows have together and no single one has, and names in
 * each other's place, stand as `several-rows`: it makes the parts add up to `bits`.
 */
export const scoreRowAgainstPerson = (row: MatchRow, person: MatchPerson, model: PreparedModel): RowScore => {
  const bits = scoreBits(row, person, model);
  const fields: FieldEvidence[] = [{ field: 'prior', level: 'before-comparing', bits: model.priorBits }];
  for (const field in row.values) {
    const given = row.values[field];
    const held = person.values[field];
    if (given === undefined || held === undefined) continue;
    const prepared = model.fieldOf(field);
    const weights = prepared.bits(row.source);
    let best: FieldEvidence | undefined;
    for (const value of given) {
      for (const other of held) {
        const level = prepared.compare(value, other);
        const weight = (weights[level] ?? 0) + (level === 0 ? prepared.rarity(value) : 0);
        if (best === undefined || weight > best.bits) best = { field, level: comparisons[prepared.kind].levels[level] ?? '', bits: weight };
      }
    }
    if (best !== undefined) fields.push(best);
  }
  const repeat = person.sources[row.source] === undefined ? 0 : model.repeatBits(row.source);
  if (repeat !== 0) fields.push({ field: 'same-source', level: 'second-row', bits: repeat });
  const sum = fields.reduce((total, part) => total + part.bits, 0);
  if (Math.abs(bits - sum) > 1e-9) fields.push({ field: 'several-rows', level: 'not-together', bits: bits - sum });
  return { personId: person.personId, bits, fields };
};

import { comparisons } from '../compare/comparison-kinds.ts';
import type { PreparedModel } from '../model/prepare-model.ts';
import type { MatchPerson } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { bitsBetween } from './bits-between.ts';
import { crossedNames } from './crossed-names.ts';
import { scoreBits } from './score-row.ts';

/** How a row agrees with a person in one field: the strongest agreement with any of the person's values. */
export interface FieldEvidence {
  readonly field: string;
  readonly level: string;
  readonly bits: number;
}

/** A field that both know but that tells nothing: `kaur` and `kaur`. */
export const notComparableLevel = 'not-comparable';

export interface RowScore {
  readonly personId: string;
  /** Bits that the row is about the person: log2 of the odds. */
  readonly bits: number;
  /** The parts that `bits` is the sum of. */
  readonly fields: readonly FieldEvidence[];
}

/**
 * The same score as `scoreBits` with its parts. What takes away because a relative would agree as well, or because no
 * single one of the person's rows has it all, stands as `adjustment`: it makes the parts add up to `bits`.
 */
export const scoreRowAgainstPerson = (row: MatchRow, person: MatchPerson, model: PreparedModel): RowScore => {
  const bits = scoreBits(row, person, model);
  const fields: FieldEvidence[] = [{ field: 'prior', level: 'before-comparing', bits: model.priorBits }];
  for (const field in row.values) {
    const given = row.values[field];
    const held = person.values[field];
    if (given === undefined || held === undefined) continue;
    const prepared = model.fieldOf(field);
    let best: FieldEvidence | undefined;
    for (const value of given) {
      for (const other of held) {
        const level = prepared.compare(value, other);
        const weight = bitsBetween(value, other, prepared, row.source);
        if (best === undefined || weight > best.bits)
          best = { field, level: comparisons[prepared.kind].levels[level] ?? notComparableLevel, bits: weight };
      }
    }
    if (best !== undefined) fields.push(best);
  }
  const crossed = person.rows.map((held) => crossedNames(row, person, held, model)).find((found) => found !== undefined && found.bits > 0);
  const names = fields.filter(({ field }) => field === 'forename' || field === 'surname');
  if (crossed !== undefined && crossed.bits > names.reduce((total, part) => total + part.bits, 0)) {
    for (const name of names) fields.splice(fields.indexOf(name), 1);
    fields.push(
      { field: 'forename', level: 'crossed', bits: crossed.forename },
      { field: 'surname', level: 'crossed', bits: crossed.surname },
    );
  }
  const repeat = person.sources[row.source] === undefined ? 0 : model.repeatBits(row.source);
  if (repeat !== 0) fields.push({ field: 'same-source', level: 'second-row', bits: repeat });
  const sum = fields.reduce((total, part) => total + part.bits, 0);
  if (Math.abs(bits - sum) > 1e-9) fields.push({ field: 'adjustment', level: 'family-or-several-rows', bits: bits - sum });
  return { personId: person.personId, bits, fields };
};

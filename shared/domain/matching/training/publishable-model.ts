import { comparisonKindOf } from '../compare/comparison-kinds.ts';
import type { FieldModel, MatchModel } from '../model/match-model.ts';

/** A value held by fewer people than this could point to one of them. */
const fewestPeople = 10;
const mostValues = 20_000;
/** Kinds whose values are somebody's own: addresses, identifiers, phones and mail say who it is by themselves. */
const ownKinds = new Set(['address', 'code', 'email', 'birth-date']);

/** The model without rare values: a file that can be kept beside the code and names nobody. */
export const publishableModel = (model: MatchModel): MatchModel => ({
  ...model,
  fields: model.fields.map((field): FieldModel => {
    const { frequencies } = field;
    if (frequencies === undefined) return field;
    const kept = ownKinds.has(comparisonKindOf(field.field))
      ? []
      : Object.entries(frequencies.values)
          .filter(([, others]) => others >= fewestPeople)
          .toSorted(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
          .slice(0, mostValues);
    return {
      ...field,
      frequencies: { ...frequencies, values: Object.fromEntries(kept.map(([value, others]) => [value, Number(others.toFixed(2))])) },
    };
  }),
});

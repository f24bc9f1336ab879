import { comparisonKindOf, comparisons } from '../compare/comparison-kinds.ts';
import type { FieldModel, MatchModel } from '../model/match-model.ts';
import { startingPoints } from './starting-point.ts';

/** Fields that a first file may have and the rows that were learned from had not. */
const anyField = [
  'forename',
  'middleNames',
  'surname',
  'generation',
  'birthDate',
  'sex',
  'address',
  'locality',
  'postcode',
  'uprn',
  'phone',
  'email',
  'id:*',
  'other:*',
  'own:*',
];

/** People of a borough: a row is about one of so many before anything is compared. */
const people = 150_000;

/**
 * A model for the first rows of an area that nothing is known of yet: m and u half from a trained model and half from the round
 * figures that training starts from, because no one source is like another area's; nothing that is one source's own.
 */
export const coldStartModel = (trained: MatchModel): MatchModel => {
  const learned = new Map(trained.fields.map((field) => [field.field, field]));
  const names = [...new Set([...trained.fields.map(({ field }) => field), ...anyField])].toSorted();
  return { ...trained, people, repeats: {}, fields: names.map((field) => coldField(field, learned.get(field))) };
};

const coldField = (field: string, learned: FieldModel | undefined): FieldModel => {
  const kind = comparisonKindOf(field);
  const { same, random } = startingPoints[kind];
  const between = (round: number | undefined, own: number | undefined): number => {
    const value = own === undefined ? (round ?? 1) : ((round ?? own) + own) / 2;
    return Number(value.toPrecision(4));
  };
  const levels = comparisons[kind].levels.map((level, at) => ({
    level,
    m: between(same[at], learned?.levels[at]?.m),
    u: between(random[at], learned?.levels[at]?.u),
  }));
  const counted = learned?.frequencies ?? { people, values: {} };
  return {
    field,
    levels,
    frequencies: { ...counted, unseen: Number((counted.people * (levels[0]?.u ?? 1) * shareOfUnseen).toPrecision(4)) },
  };
};

/**
 * A value that nobody has counted here is taken to be little rarer than any: it may be the one town of the area. Of a
 * quarter of the usual share, which is two bits.
 */
const shareOfUnseen = 0.25;

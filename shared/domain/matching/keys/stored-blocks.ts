import type { MatchRow } from '../rows/match-row.ts';
import { blockingKeys } from './blocking-keys.ts';
import { forenameSound } from './name-sound.ts';

/**
 * One way of finding people in the store, from its broadest key to its narrowest. Somebody stands under one key of a way: the
 * first that was not full when they came.
 */
export type Ladder = readonly string[];

/**
 * The engine's blocking keys that people stand under in the store, each beginning with two facts: a surname's sound and the
 * day of birth; a forename's sound and the day; the sounds of both with the year, or without a date with the postcode. No
 * single wrong cell is in all three, and in most councils none is ever full. Where one is (a surname that half the town has,
 * a date that stands for none), those who come later stand under it with one fact more, and at last with all of name, date
 * and postcode: rows that agree in all of that always share a key.
 */
export const storedLadders = (row: MatchRow): readonly Ladder[] => {
  const { forename: [forename] = [], surname: surnames = [], birthDate: [date] = [], postcode: [postcode] = [] } = row.values;
  const district = postcode === undefined || postcode.length < 5 ? undefined : postcode.slice(0, -3);
  const heard = forename === undefined ? undefined : forenameSound(forename.split(' ')[0] ?? '');
  const all = JSON.stringify([forename, surnames, date, postcode]);
  const narrower: Readonly<Record<string, string | undefined>> = {
    'surname-day': heard,
    'forename-day': surnames[0]?.charAt(0),
    names: district,
  };
  return blockingKeys(row).flatMap(({ rule, rungs }) => {
    const broadest = rungs[broadestRungs[rule] ?? -1];
    if (broadest === undefined) return [];
    const fact = narrower[rule];
    return [[broadest, ...(fact === undefined ? [] : [`${broadest}|${fact}`]), `${broadest}|${all}`]];
  });
};

/** Of each rule the rung that takes two facts. */
const broadestRungs: Readonly<Record<string, number>> = { 'surname-day': 0, 'forename-day': 0, names: 1 };

/**
 * The keys somebody stands under: those they stood under before, else of each ladder the first that is not full. A ladder
 * that is full to its end is left out; the others lead to the person.
 */
export const standUnder = (
  ladders: readonly Ladder[],
  stoodUnder: ReadonlySet<string>,
  isFull: (key: string) => boolean,
): readonly string[] => ladders.flatMap((ladder) => ladder.find((key) => stoodUnder.has(key)) ?? ladder.find((key) => !isFull(key)) ?? []);

/** Where to look for whoever may stand on a ladder: under each key from the broadest to the first that is not full. */
export const keysToLookUnder = (ladder: Ladder, isFull: (key: string) => boolean): readonly string[] => {
  const end = ladder.findIndex((key) => !isFull(key));
  return end === -1 ? ladder : ladder.slice(0, end + 1);
};

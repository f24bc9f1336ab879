import type { PreparedModel } from '../model/prepare-model.ts';
import { addRow, valuesOfRow, type MatchPerson } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { scoreRowAgainstPerson } from '../scoring/explain-score.ts';
import { probabilityOf } from '../scoring/probability.ts';
import { rowScorer } from '../scoring/score-row.ts';
import { guardsBetween } from './guards.ts';
import { pairName, type Judgements } from './judgements.ts';

export interface ScoredPerson {
  readonly person: MatchPerson;
  /** Log2 of the odds that the row is about the person. */
  readonly bits: number;
}

export interface JoiningRule {
  /** From this probability on a row of one is the other, and below the second one it is not worth asking. */
  readonly link: number;
  readonly review: number;
}

/** A row that speaks against being the other person by more than this keeps the two apart. */
const mostBitsAgainst = -2;

/** So many people at most are looked at again because of one row. */
const mostLookedAt = 8;

/**
 * Who of the others is the same as the best one once the row has been added to it. People were held apart while too little was
 * known of them; each row that may be about both is a reason to look again, with what it brings. Without this the people would
 * depend on the order in which their rows came. `scored` begins with the best; the others are the people who may be rivals.
 */
export const peopleHeldTwice = (
  row: MatchRow,
  scored: readonly ScoredPerson[],
  model: PreparedModel,
  rule: JoiningRule,
  judgements: Judgements,
): string[] => {
  const [best, ...others] = scored;
  if (best === undefined || probabilityOf(best.bits) < rule.link) return [];
  const found: string[] = [];
  let whole: MatchPerson | undefined;
  for (const { person, bits } of others.slice(0, mostLookedAt)) {
    if (probabilityOf(bits) < rule.review) break;
    whole ??= addRow(best.person, row);
    const rivals = others.flatMap(({ person: rival }) => (rival === person || found.includes(rival.personId) ? [] : [rival]));
    if (areOnePerson(whole, person, model, rule.link, judgements, rivals)) found.push(person.personId);
  }
  return found;
};

/**
 * Whether two people that are held apart are one: a row of the one with fewer rows is the other by itself and none of the rivals, none
 * of its rows speaks against it, and no guard stands between. Only ever these two: others like one of them are looked at on their own.
 */
export const areOnePerson = (
  a: MatchPerson,
  b: MatchPerson,
  model: PreparedModel,
  link: number,
  { notOnePerson }: Judgements = {},
  rivals: readonly MatchPerson[] = [],
): boolean => {
  if (notOnePerson?.has(pairName(a.personId, b.personId)) ?? false) return false;
  const [fewer, more] = a.rows.length < b.rows.length || (a.rows.length === b.rows.length && a.personId < b.personId) ? [a, b] : [b, a];
  const [source = ''] = Object.keys(fewer.sources);
  const rows = fewer.rows.map((row): MatchRow => ({ cleaningVersion: 0, rowId: '', source, values: valuesOfRow(fewer, row) }));
  const scorers = rows.map((row) => rowScorer(row, model));
  const scores = scorers.map((scorer) => scorer.bits(more));
  if (scores.some((bits) => bits < mostBitsAgainst)) return false;
  const isOther = scorers.some((scorer, at) => {
    const bits = scores[at] ?? 0;
    if (probabilityOf(bits) < link) return false;
    const odds = rivals.reduce((sum, rival) => sum + 2 ** (scorer.bits(rival) - bits), 2 ** -bits);
    return 1 / (1 + odds) >= link;
  });
  return (
    isOther && rows.every((row) => guardsBetween(row, more, scoreRowAgainstPerson(row, more, model).fields, model.hasFamilies).length === 0)
  );
};

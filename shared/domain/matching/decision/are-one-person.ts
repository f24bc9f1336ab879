import type { PreparedModel } from '../model/prepare-model.ts';
import { valuesOfRow, type MatchPerson } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { scoreRowAgainstPerson } from '../scoring/explain-score.ts';
import { probabilityOf } from '../scoring/probability.ts';
import { scoreBits } from '../scoring/score-row.ts';
import { guardsBetween } from './guards.ts';
import { pairName, type Judgements } from './judgements.ts';

/** A row that speaks against being the other person by more than this keeps the two apart. */
const mostBitsAgainst = -6;

/**
 * Whether two people that are held apart are one: a row of either is the other by itself, no guard stands between them, and
 * none of the rows speaks against it. Only ever these two: others like one of them are looked at on their own.
 */
export const areOnePerson = (
  a: MatchPerson,
  b: MatchPerson,
  model: PreparedModel,
  link: number,
  { notOnePerson }: Judgements = {},
): boolean => {
  if (notOnePerson?.has(pairName(a.personId, b.personId)) ?? false) return false;
  const [fewer, more] = a.rows.length < b.rows.length || (a.rows.length === b.rows.length && a.personId < b.personId) ? [a, b] : [b, a];
  const [source = ''] = Object.keys(fewer.sources);
  const rows = fewer.rows.map((row): MatchRow => ({ cleaningVersion: 0, rowId: '', source, values: valuesOfRow(fewer, row) }));
  const scores = rows.map((row) => scoreBits(row, more, model));
  if (!scores.some((bits) => probabilityOf(bits) >= link) || scores.some((bits) => bits < mostBitsAgainst)) return false;
  return rows.every((row) => guardsBetween(row, more, scoreRowAgainstPerson(row, more, model).fields, model.hasFamilies).length === 0);
};

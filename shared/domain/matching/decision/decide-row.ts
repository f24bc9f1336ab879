import type { PreparedModel } from '../model/prepare-model.ts';
import type { MatchPerson } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';
import { scoreRowAgainstPerson, type FieldEvidence } from '../scoring/explain-score.ts';
import { probabilityOf } from '../scoring/probability.ts';
import { rowScorer } from '../scoring/score-row.ts';
import { peopleHeldTwice, type ScoredPerson } from './people-held-twice.ts';
import { guardsBetween, type Guard } from './guards.ts';
import type { Judgements } from './judgements.ts';

export interface Thresholds {
  /** A row is linked by itself from this probability on. */
  readonly link: number;
  /** Below this it is a new person without anybody looking. */
  readonly review: number;
}

/** A wrong join of two people costs about fifty times a missed one, so that a link must be 99 % certain. */
export const productionThresholds: Thresholds = { link: 0.99, review: 0.05 };

export interface RowDecision {
  readonly outcome: 'link' | 'review' | 'new';
  /** The person to link to, or whom the review is about. */
  readonly personId?: string;
  /** That the row is about that person, 0 to 1. */
  readonly probability: number;
  readonly fields: readonly FieldEvidence[];
  readonly guards: readonly Guard[];
  readonly runnerUp?: { readonly personId: string; readonly bits: number };
  /** People held apart until now who are the same as `personId`, as this row shows. */
  readonly sameAs: readonly string[];
  readonly candidatesSeen: number;
  readonly modelVersion: string;
  readonly thresholds: Thresholds;
}

/** What to do with one row, given everybody it may be about. The order of the candidates decides nothing. */
export const decideRow = (
  row: MatchRow,
  candidates: readonly MatchPerson[],
  model: PreparedModel,
  thresholds: Thresholds,
  judgements: Judgements = {},
): RowDecision => {
  const { mustLink, cannotLink } = judgements;
  const about = { candidatesSeen: candidates.length, modelVersion: model.version, thresholds };
  const told = candidates.find(({ personId }) => mustLink?.has(personId));
  if (told !== undefined) {
    const { fields } = scoreRowAgainstPerson(row, told, model);
    return { ...about, outcome: 'link', personId: told.personId, probability: 1, fields, guards: [], sameAs: [] };
  }
  const scorer = rowScorer(row, model);
  const scored: ScoredPerson[] = [];
  for (const person of candidates) if (!(cannotLink?.has(person.personId) ?? false)) scored.push({ person, bits: scorer.bits(person) });
  if (scored.length > 1) scored.sort((a, b) => b.bits - a.bits || (a.person.personId < b.person.personId ? -1 : 1));
  const [best] = scored;
  if (best === undefined) return { ...about, outcome: 'new', probability: 0, fields: [], guards: [], sameAs: [] };
  const sameAs = peopleHeldTwice(row, scored, model, thresholds, judgements);
  const rivals = sameAs.length === 0 ? scored : scored.filter(({ person }) => !sameAs.includes(person.personId));
  const probability = sharedProbability(rivals.map(({ bits }) => bits));
  const { fields } = scoreRowAgainstPerson(row, best.person, model);
  const second = rivals[1];
  const guards = guardsBetween(row, best.person, fields, model.hasFamilies);
  const outcome =
    probabilityOf(best.bits) < thresholds.review ? 'new' : probability >= thresholds.link && guards.length === 0 ? 'link' : 'review';
  return {
    ...about,
    outcome,
    personId: best.person.personId,
    probability,
    fields,
    guards,
    ...(second !== undefined && { runnerUp: { personId: second.person.personId, bits: second.bits } }),
    sameAs,
  };
};

/** That it is the first one, where it can be one of them or nobody held: a close second takes half. */
const sharedProbability = (bits: readonly number[]): number => {
  let others = 1;
  for (const other of bits.slice(1)) others += 2 ** Math.min(other, 500);
  const first = 2 ** Math.min(bits[0] ?? 0, 500);
  return first / (first + others);
};

import { decideRow, type RowDecision, type Thresholds } from '../decision/decide-row.ts';
import { blockingKeys } from '../keys/blocking-keys.ts';
import type { PersonIndex } from '../keys/person-index.ts';
import { rankCandidates } from '../keys/rank-candidates.ts';
import type { PreparedModel } from '../model/prepare-model.ts';
import { addRow, joinPeople, newPerson, type MatchPerson } from '../person/match-person.ts';
import type { MatchRow } from '../rows/match-row.ts';

export interface Resolution {
  readonly decision: RowDecision;
  /** Whom the row stands with: the person linked to, or a new one. A row that waits for review has one of its own. */
  readonly personId: string;
}

/** Decides rows one at a time against an index, which each decision changes. */
export const rowResolver =
  (index: PersonIndex, model: PreparedModel, thresholds: Thresholds, nextId: () => string) =>
  (row: MatchRow): Resolution => {
    const keys = blockingKeys(row);
    const ids = rankCandidates(index.find(keys), index.size());
    const candidates = [...new Set(ids.flatMap((id) => index.person(id) ?? []))];
    const decision = decideRow(row, candidates, model, thresholds);
    const linked = decision.outcome === 'link' && decision.personId !== undefined ? index.person(decision.personId) : undefined;
    const person = linked === undefined ? newPerson(nextId(), row) : addRow(linked, row);
    index.put(person, keys);
    if (linked !== undefined) joinAll(index, person, decision.sameAs);
    return { decision, personId: person.personId };
  };

const joinAll = (index: PersonIndex, person: MatchPerson, others: readonly string[]): void => {
  let kept = person;
  for (const otherId of others) {
    const other = index.person(otherId);
    if (other === undefined || other.personId === kept.personId) continue;
    kept = joinPeople(kept, other);
    index.join(kept, other.personId);
  }
};

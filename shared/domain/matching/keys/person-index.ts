import type { MatchPerson } from '../person/match-person.ts';
import type { BlockingKey } from './blocking-keys.ts';

/** Who stands under one rung of a key. */
export interface KeyEntry {
  readonly ids: readonly string[];
}

/**
 * Where people are found by keys. The store has the same three steps: one read of keys, one of people, one write.
 */
export interface PersonIndex {
  /** People held. */
  readonly size: () => number;
  /** Who stands under the first rung of each key that is not full. */
  readonly find: (keys: readonly BlockingKey[]) => readonly KeyEntry[];
  readonly person: (personId: string) => MatchPerson | undefined;
  /** Holds the person as it is now and makes it findable by these keys. */
  readonly put: (person: MatchPerson, keys: readonly BlockingKey[]) => void;
  /** The other one is found as the kept one from now on. */
  readonly join: (kept: MatchPerson, otherId: string) => void;
}

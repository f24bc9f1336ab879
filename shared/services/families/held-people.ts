import type { RecordStore } from '../ingest/record-store.ts';
import type { Person } from './to-family-person.ts';

/** A person with what binds them to families so far. */
export interface HeldPerson extends Person {
  /** The family in whose household they live. */
  readonly home: string | undefined;
  /** Every family they belong to, also as a parent who lives elsewhere. */
  readonly familyIds: readonly string[];
  /** Of each of these families: the day on which the first of what binds the person to it (membership, home) comes to its end. */
  readonly boundUntil: ReadonlyMap<string, string>;
}

/** Read access to people as ingest keeps them. */
export interface HeldPeople extends Pick<RecordStore, 'readKeys'> {
  /** Everything about these people, one request for each; those who are not held are left out. */
  readonly readPeople: (personIds: readonly string[]) => Promise<readonly HeldPerson[]>;
}

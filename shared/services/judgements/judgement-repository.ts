import type { Family } from '../../domain/families/family.ts';
import type { Departure } from '../../domain/people/departure.ts';
import type { Judgement } from '../../domain/people/judgement.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { MadeReassignment } from '../../domain/people/reassign-row.ts';
import type { HeldDetermination } from '../families/family-repository.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';

/** All that lies with a person, in one query. */
export interface PersonWithPast {
  readonly profile: PersonProfile;
  /** Current, ended and superseded. */
  readonly records: readonly PersonRecord[];
  readonly departures: readonly Departure[];
}

/** A family as it was before a judgement, with what it was determined to be. */
export interface FamilyNote {
  readonly family: Family;
  readonly held?: HeldDetermination | undefined;
}

export interface JudgementRepository {
  readonly findJudgement: (judgementId: string) => Promise<Judgement | undefined>;
  /** In the order in which it was done. */
  readonly readMade: (judgementId: string) => Promise<readonly MadeReassignment[]>;
  readonly readFamilyNotes: (judgementId: string) => Promise<readonly FamilyNote[]>;
  readonly readPerson: (personId: string) => Promise<PersonWithPast | undefined>;
  /** One write, with the version that the judgement gets; goes through only if the one before it is held (1: none). */
  readonly judgementFragment: (judgement: Judgement) => TransactionFragment;
  /** One write: what one chunk did. */
  readonly madeFragment: (judgement: Judgement, chunk: number, made: readonly MadeReassignment[]) => TransactionFragment;
  /** One write each: new departures, or those that note a return. */
  readonly departuresFragment: (departures: readonly Departure[]) => TransactionFragment;
  /** One write each, if absent. */
  readonly familyNotesFragment: (judgement: Judgement, notes: readonly FamilyNote[]) => TransactionFragment;
}

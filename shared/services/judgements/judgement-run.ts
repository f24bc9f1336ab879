import { withKeys } from '../../domain/matching/match-keys.ts';
import { assembleView } from '../../domain/people/assemble-profile.ts';
import type { Judgement } from '../../domain/people/judgement.ts';
import { setByPeople, type PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { MadeReassignment } from '../../domain/people/reassign-row.ts';
import type { RecordChanges } from '../ingest/record-store.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import { PeopleBusy, type ApplyPorts } from './apply-ports.ts';
import type { PersonWithPast } from './judgement-repository.ts';

const mostConflicts = 12;

/** One worker's turn at one judgement: what it has read of it, and its next version. */
export class JudgementRun {
  readonly ports: ApplyPorts;
  readonly undone: { readonly judgement: Judgement; readonly made: readonly MadeReassignment[] } | undefined;
  #judgement: Judgement;
  #conflicts = 0;

  constructor(ports: ApplyPorts, judgement: Judgement, undone: JudgementRun['undone']) {
    this.ports = ports;
    this.undone = undone;
    this.#judgement = judgement;
  }

  get judgement(): Judgement {
    return this.#judgement;
  }

  /** Writes the judgement's next step together with what belongs to it. False: somebody was quicker; read again. */
  async step(next: Partial<Judgement>, fragments: readonly TransactionFragment[]): Promise<boolean> {
    const { judgements, transactions } = this.ports;
    const judgement: Judgement = { ...this.#judgement, ...next, version: this.#judgement.version + 1 };
    const { ok } = await transactions.commit([...fragments, judgements.judgementFragment(judgement)]);
    if (ok) {
      this.#judgement = judgement;
      this.#conflicts = 0;
      return true;
    }
    return this.lost();
  }

  /** What was read is no longer so. Waits a little before it is read again; throws `PeopleBusy` when that goes on. */
  async lost(): Promise<false> {
    this.#conflicts += 1;
    if (this.#conflicts > mostConflicts) throw new PeopleBusy();
    await this.ports.pause(this.#conflicts);
    return false;
  }

  /** The people that the judgement is about, all that lies with them. */
  async readPeople(): Promise<ReadonlyMap<string, PersonWithPast>> {
    const found = await Promise.all(this.judgement.people.map((personId) => this.ports.judgements.readPerson(personId)));
    return new Map(found.flatMap((person) => (person === undefined ? [] : [[person.profile.personId, person] as const])));
  }

  /**
   * The profile that these records make; somebody without any keeps an empty one for as long as they had one. `others`: the
   * people whose rows may have come: whoever takes a row over stands where they stood for it.
   */
  rebuilt(profile: PersonProfile, records: readonly PersonRecord[], others: readonly PersonProfile[]): PersonProfile {
    const { hash, clock } = this.ports;
    const isEmpty = records.every(({ status }) => status === 'superseded');
    const view = assembleView(records, isEmpty ? profile.expiresOn : '');
    return {
      ...withKeys(hash, view, clock.today(), {
        stoodUnder: new Set([profile, ...others].flatMap(({ identityKeys }) => identityKeys)),
        isFull: () => false,
      }),
      personId: profile.personId,
      version: profile.version,
      ...setByPeople(profile),
    };
  }
}

export const profileChanges = (profiles: readonly PersonProfile[]): RecordChanges => ({
  ledgers: [],
  records: [],
  removed: [],
  keys: [],
  profiles: profiles.map((profile) => ({ ...profile, version: profile.version + 1 })),
});

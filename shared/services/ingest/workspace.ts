import type { KeyEntry } from '../../domain/matching/keys/person-index.ts';
import { isRung } from '../../domain/matching/match-keys.ts';
import { changeKeyEntry, mostPerKey, type KeyChange, type MatchKeyEntry } from '../../domain/matching/match-key-entry.ts';
import type { Departure } from '../../domain/people/departure.ts';
import { keysOfProfile, type PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import type { RowLedger } from '../../domain/people/row-ledger.ts';
import type { HeldView, RowPlan } from './plan-row.ts';
import type { RecordChanges } from './record-store.ts';

interface Held {
  readonly ledgers: readonly RowLedger[];
  readonly keys: readonly MatchKeyEntry[];
  readonly profiles: readonly PersonProfile[];
  /** Everything held about the people whose profile may have to be rebuilt. */
  readonly records: ReadonlyMap<string, readonly PersonRecord[]>;
}

interface MutableKeyChange extends KeyChange {
  readonly addPersons: Set<string>;
  readonly removePersons: Set<string>;
  readonly addNamedBy: Set<string>;
  readonly removeNamedBy: Set<string>;
}

const recordId = ({ rowId, subject, contentVersion, status }: PersonRecord): string =>
  status === 'superseded' ? `${rowId} ${subject} ${String(contentVersion)}` : `${rowId} ${subject}`;

/**
 * What is held about the rows in hand, in memory: plans are made against it and applied to it one after the other, so that
 * the rows of a file see each other, and what they change is written together.
 */
export class Workspace implements HeldView {
  readonly #ledgers: Map<string, RowLedger>;
  readonly #keys: Map<string, MatchKeyEntry>;
  readonly #profiles: Map<string, PersonProfile>;
  readonly #records = new Map<string, Map<string, PersonRecord>>();
  readonly #dirtyLedgers = new Set<string>();
  readonly #dirtyProfiles = new Set<string>();
  readonly #keyChanges = new Map<string, MutableKeyChange>();
  readonly #puts = new Map<string, PersonRecord>();
  readonly #removed = new Map<string, PersonRecord>();
  readonly #departures: Departure[] = [];
  /** Keys that are written though nothing about them changes. */
  readonly #keptKeys = new Set<string>();
  readonly #past: RowLedger[] = [];
  readonly #forgotten: RowLedger[] = [];
  readonly #gone = new Map<string, RowLedger>();

  constructor(held: Held) {
    this.#ledgers = new Map(held.ledgers.map((ledger) => [ledger.rowId, ledger]));
    this.#keys = new Map(held.keys.map((entry) => [entry.key, entry]));
    this.#profiles = new Map(held.profiles.map((profile) => [profile.personId, profile]));
    for (const [personId, records] of held.records) {
      this.#records.set(personId, new Map(records.map((record) => [recordId(record), record])));
    }
  }

  ledger(rowId: string): RowLedger | undefined {
    return this.#ledgers.get(rowId);
  }

  profile(personId: string): PersonProfile | undefined {
    return this.#profiles.get(personId);
  }

  records(personId: string): readonly PersonRecord[] {
    const held = this.#records.get(personId);
    // Missing would be taken for "nothing is held", and the profile rebuilt without it.
    if (held === undefined) throw new Error('the records of this person have not been read');
    return [...held.values()];
  }

  entries(keys: readonly string[]): readonly KeyEntry[] {
    return keys.flatMap((key) => {
      const change = this.#keyChanges.get(key);
      const entry = this.#keys.get(key);
      // Who stands on a full rung is not all who could: they are as likely as anybody, and the narrower rungs tell more.
      if (entry?.crowded === true && !isRung(key)) return [];
      const held = entry?.persons ?? [];
      if (change === undefined) return held.length === 0 ? [] : [{ ids: held }];
      const ids = [...new Set([...held.filter((personId) => !change.removePersons.has(personId)), ...change.addPersons])];
      return ids.length === 0 || ids.length > mostPerKey ? [] : [{ ids }];
    });
  }

  isFull(key: string): boolean {
    const entry = this.#keys.get(key);
    if (entry?.crowded === true) return true;
    const change = this.#keyChanges.get(key);
    if (change === undefined) return false;
    return changeKeyEntry(entry ?? emptyEntry(key), change).crowded;
  }

  /** Writes that wait, at most. */
  get size(): number {
    return (
      this.#dirtyLedgers.size +
      this.#dirtyProfiles.size +
      this.#keyChanges.size +
      this.#puts.size +
      this.#removed.size +
      this.#departures.length +
      this.#past.length +
      this.#forgotten.length +
      this.#gone.size
    );
  }

  get peopleTouched(): readonly string[] {
    return [...this.#dirtyProfiles];
  }

  /** How many writes would wait after `plan`. */
  sizeWith(plan: RowPlan): number {
    const keys = new Set<string>();
    const concerned = plan.profiles.flatMap((profile) => [
      ...this.#changedKeys(profile),
      ...(plan.keysKept?.includes(profile.personId) === true ? allKeysOf(profile) : []),
    ]);
    for (const key of concerned) if (!this.#keyChanges.has(key)) keys.add(key);
    return (
      this.size +
      keys.size +
      plan.records.length +
      plan.removed.length +
      (plan.departures?.length ?? 0) +
      (plan.past?.length ?? 0) +
      (plan.ledger !== undefined && !this.#dirtyLedgers.has(plan.ledger.rowId) ? 1 : 0) +
      plan.profiles.filter(({ personId }) => !this.#dirtyProfiles.has(personId)).length
    );
  }

  apply(plan: RowPlan): void {
    if (plan.ledger) {
      this.#ledgers.set(plan.ledger.rowId, plan.ledger);
      this.#dirtyLedgers.add(plan.ledger.rowId);
    }
    if (plan.gone) {
      this.#ledgers.delete(plan.gone.rowId);
      this.#gone.set(plan.gone.rowId, plan.gone);
    }
    this.#departures.push(...(plan.departures ?? []));
    this.#past.push(...(plan.past ?? []));
    this.#forgotten.push(...(plan.forgotten ?? []));
    for (const record of plan.removed) {
      this.#records.get(record.personId)?.delete(recordId(record));
      this.#removed.set(`${record.personId} ${recordId(record)}`, record);
      this.#puts.delete(`${record.personId} ${recordId(record)}`);
    }
    for (const record of plan.records) {
      this.#records.get(record.personId)?.set(recordId(record), record);
      this.#puts.set(`${record.personId} ${recordId(record)}`, record);
      this.#removed.delete(`${record.personId} ${recordId(record)}`);
    }
    for (const profile of plan.profiles) {
      this.#changeKeys(profile);
      if (plan.keysKept?.includes(profile.personId) === true) this.#keepKeys(profile);
      this.#profiles.set(profile.personId, profile);
      this.#dirtyProfiles.add(profile.personId);
      // A person made in this file has no other records than those applied here.
      if (profile.version === 0 && !this.#records.has(profile.personId)) {
        this.#records.set(
          profile.personId,
          new Map(plan.records.filter((r) => r.personId === profile.personId).map((r) => [recordId(r), r])),
        );
      }
    }
  }

  /** Keys that change and have not been read: they must be before the changes can be written. */
  get keysToRead(): readonly string[] {
    return [...this.#keyChanges.keys()].filter((key) => !this.#keys.has(key));
  }

  addKeys(asked: readonly string[], found: readonly MatchKeyEntry[]): void {
    const byKey = new Map(found.map((entry) => [entry.key, entry]));
    for (const key of asked) this.#keys.set(key, byKey.get(key) ?? emptyEntry(key));
  }

  /** Everything that waits, with the versions it gets. */
  changes(): RecordChanges {
    const next = <Versioned extends { readonly version: number }>(held: Versioned | undefined): Versioned[] =>
      held === undefined ? [] : [{ ...held, version: held.version + 1 }];
    return {
      ledgers: [...this.#dirtyLedgers].flatMap((rowId) => next(this.#ledgers.get(rowId))),
      profiles: [...this.#dirtyProfiles].flatMap((personId) => next(this.#profiles.get(personId))),
      keys: this.#changedEntries().flatMap(next),
      records: [...this.#puts.values()],
      removed: [...this.#removed.values()],
      departures: [...this.#departures],
      past: [...this.#past],
      forgotten: [...this.#forgotten],
      gone: [...this.#gone.values()],
    };
  }

  /** The changes have been written: what is held is what stands here now. */
  settle({ ledgers, profiles, keys }: RecordChanges): void {
    for (const ledger of ledgers) this.#ledgers.set(ledger.rowId, ledger);
    for (const profile of profiles) this.#profiles.set(profile.personId, profile);
    for (const entry of keys) this.#keys.set(entry.key, entry);
    for (const list of [this.#departures, this.#past, this.#forgotten]) list.length = 0;
    this.#gone.clear();
    for (const waiting of [this.#dirtyLedgers, this.#dirtyProfiles, this.#keyChanges, this.#keptKeys, this.#puts, this.#removed])
      waiting.clear();
  }

  #changedEntries(): readonly MatchKeyEntry[] {
    return [...this.#keyChanges].flatMap(([key, change]) => {
      const entry = this.#keys.get(key) ?? emptyEntry(key);
      const after = changeKeyEntry(entry, change);
      return after === entry && !this.#keptKeys.has(key) ? [] : [after];
    });
  }

  #changedKeys(profile: PersonProfile): ReadonlySet<string> {
    const { persons, namedBy } = this.#difference(profile);
    return new Set([...persons.added, ...persons.removed, ...namedBy.added, ...namedBy.removed]);
  }

  #difference(profile: PersonProfile) {
    const held = this.#profiles.get(profile.personId);
    const before = held === undefined ? { persons: [], namedBy: [] } : keysOfProfile(held);
    const after = keysOfProfile(profile);
    return { persons: difference(before.persons, after.persons), namedBy: difference(before.namedBy, after.namedBy) };
  }

  #changeKeys(profile: PersonProfile): void {
    const { persons, namedBy } = this.#difference(profile);
    const { personId } = profile;
    for (const key of persons.added) move(personId, this.#change(key).removePersons, this.#change(key).addPersons);
    for (const key of persons.removed) move(personId, this.#change(key).addPersons, this.#change(key).removePersons);
    for (const key of namedBy.added) move(personId, this.#change(key).removeNamedBy, this.#change(key).addNamedBy);
    for (const key of namedBy.removed) move(personId, this.#change(key).addNamedBy, this.#change(key).removeNamedBy);
  }

  #keepKeys(profile: PersonProfile): void {
    const { persons, namedBy } = keysOfProfile(profile);
    for (const key of persons) this.#change(key).addPersons.add(profile.personId);
    for (const key of namedBy) this.#change(key).addNamedBy.add(profile.personId);
    for (const key of allKeysOf(profile)) this.#keptKeys.add(key);
  }

  #change(key: string): MutableKeyChange {
    const known = this.#keyChanges.get(key);
    if (known) return known;
    const change = {
      addPersons: new Set<string>(),
      removePersons: new Set<string>(),
      addNamedBy: new Set<string>(),
      removeNamedBy: new Set<string>(),
    };
    this.#keyChanges.set(key, change);
    return change;
  }
}

const allKeysOf = (profile: PersonProfile): readonly string[] => {
  const { persons, namedBy } = keysOfProfile(profile);
  return [...persons, ...namedBy];
};

const emptyEntry = (key: string): MatchKeyEntry => ({ key, persons: [], namedBy: [], crowded: false, version: 0 });

const move = (id: string, from: Set<string>, to: Set<string>): void => {
  from.delete(id);
  to.add(id);
};

const difference = (before: readonly string[], after: readonly string[]) => ({
  added: after.filter((key) => !before.includes(key)),
  removed: before.filter((key) => !after.includes(key)),
});

import type { MatchPerson } from '../person/match-person.ts';
import type { KeyEntry, PersonIndex } from './person-index.ts';

/** A rung that more people share tells nobody apart; it also bounds what is read. */
const mostPerRung = 64;

interface Rung {
  readonly ids: string[];
  /** The rungs of each person's key, to know where they go when this one is full; in the order of `ids`. */
  readonly ways: (readonly string[])[];
  full: boolean;
}

/** People and keys in memory. A rung that fills up hands everybody down to the next one and stands empty from then on. */
export const memoryPersonIndex = (most = mostPerRung): PersonIndex => {
  const people = new Map<string, MatchPerson>();
  const rungs = new Map<string, Rung>();
  const movedTo = new Map<string, string>();
  const current = (personId: string): string => {
    let id = personId;
    for (let next = movedTo.get(id); next !== undefined; next = movedTo.get(id)) id = next;
    return id;
  };
  const place = (personId: string, way: readonly string[], from: number): void => {
    for (let at = from; at < way.length; at += 1) {
      const name = way[at] ?? '';
      const rung = rungs.get(name);
      if (rung === undefined) {
        rungs.set(name, { ids: [personId], ways: [way], full: false });
        return;
      }
      if (rung.full) continue;
      if (rung.ids.includes(personId)) return;
      if (rung.ids.length < most) {
        rung.ids.push(personId);
        rung.ways.push(way);
        return;
      }
      rung.full = true;
      const { ids, ways } = rung;
      for (const [index, id] of ids.entries()) place(id, ways[index] ?? [], (ways[index] ?? []).indexOf(name) + 1);
      ids.length = 0;
      ways.length = 0;
    }
  };
  return {
    size: () => people.size,
    find: (keys) => {
      const found: KeyEntry[] = [];
      for (const { rungs: way } of keys) {
        for (const name of way) {
          const rung = rungs.get(name);
          if (rung === undefined) break;
          if (rung.full) continue;
          found.push(rung);
          break;
        }
      }
      return found;
    },
    person: (personId) => people.get(current(personId)),
    put: (person, keys) => {
      people.set(person.personId, person);
      for (const { rungs: way } of keys) place(person.personId, way, 0);
    },
    join: (kept, otherId) => {
      people.set(kept.personId, kept);
      people.delete(otherId);
      movedTo.set(otherId, kept.personId);
    },
  };
};

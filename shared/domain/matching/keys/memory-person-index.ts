import type { MatchPerson } from '../person/match-person.ts';
import type { KeyEntry, PersonIndex } from './person-index.ts';

/** A rung that more people share tells nobody apart; it also bounds what is read. */
export const mostPerRung = 64;

interface Rung {
  ids: string[];
  count: number;
}

export const memoryPersonIndex = (most = mostPerRung): PersonIndex => {
  const people = new Map<string, MatchPerson>();
  const rungs = new Map<string, Rung>();
  const movedTo = new Map<string, string>();
  const current = (personId: string): string => {
    let id = personId;
    for (let next = movedTo.get(id); next !== undefined; next = movedTo.get(id)) id = next;
    return id;
  };
  return {
    size: () => people.size,
    find: (keys) => {
      const found: KeyEntry[] = [];
      for (const { rungs: names } of keys) {
        for (const name of names) {
          const rung = rungs.get(name);
          if (rung === undefined) break;
          found.push(rung);
          if (rung.count <= most) break;
        }
      }
      return found;
    },
    person: (personId) => people.get(current(personId)),
    put: (person, keys) => {
      people.set(person.personId, person);
      for (const { rungs: names } of keys) {
        for (const name of names) {
          const rung = rungs.get(name);
          if (rung === undefined) {
            rungs.set(name, { ids: [person.personId], count: 1 });
            break;
          }
          if (rung.ids.includes(person.personId)) break;
          rung.count += 1;
          if (rung.ids.length < most) {
            rung.ids.push(person.personId);
            break;
          }
        }
      }
    },
    join: (kept, otherId) => {
      people.set(kept.personId, kept);
      people.delete(otherId);
      movedTo.set(otherId, kept.personId);
    },
  };
};

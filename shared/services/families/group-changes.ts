import { residentsOf } from '../../domain/families/family.ts';
import type { FamilyChange } from './family-repository.ts';

/** Families between which people move change in one transaction, the others each in its own. */
export const groupChanges = (changes: readonly FamilyChange[]): readonly (readonly FamilyChange[])[] => {
  let groups: FamilyChange[][] = [];
  const residents = ({ before, next }: FamilyChange): Set<string> =>
    new Set([...(before ? residentsOf(before) : []), ...residentsOf(next)]);
  for (const change of changes) {
    const own = residents(change);
    const same = groups.filter((group) => group.some((other) => [...residents(other)].some((personId) => own.has(personId))));
    groups = [...groups.filter((group) => !same.includes(group)), [...same.flat(), change]];
  }
  return groups;
};

import { hasChanged } from './continue-families.ts';
import { familySchema, familySeen, formerMembersKept, type Family, type FormerMember, type ShownFamily } from './family.ts';

/** What stands at present: whoever is in a family again, and which families were noted, too. */
interface Present {
  readonly people: ReadonlySet<string>;
  readonly isNoted: (familyId: string) => boolean;
}

/**
 * The family to go on from after a judgement has been undone: as it was noted before the judgement, with the version that is
 * held, and with what has happened since that was not the judgement's doing.
 */
export const restoredFamily = (noted: Family, held: Family, present: Present): Family => {
  const whole = restoredView(noted, held, present);
  const limited = familySeen(noted, 'limited');
  if (noted.limited === undefined || limited === undefined) return { ...noted, ...whole };
  const shown = familySeen(held, 'limited') ?? limited;
  const { familyId: _, ...own } = restoredView(limited, shown, present);
  // Who sees only this must not take it for what they have seen under the same version.
  return {
    ...noted,
    ...whole,
    limited: hasChanged(shown, { familyId: noted.familyId, ...own }) ? { ...own, version: own.version + 1 } : own,
  };
};

const restoredView = (noted: ShownFamily, held: ShownFamily, { people, isNoted }: Present): ShownFamily => {
  const known = new Set(noted.formerMembers.map(text));
  const leftSince = held.formerMembers.filter((member) => !known.has(text(member)) && !people.has(member.personId));
  const { past: pastNoted = [], ...rest } = noted;
  // Families that came to it since, and that the judgement had nothing to do with.
  const cameSince = (held.past ?? []).filter(
    (each) => !isNoted(each.familyId) && !pastNoted.some(({ familyId }) => familyId === each.familyId),
  );
  const past = [...pastNoted, ...cameSince].toSorted((a, b) => (a.familyId < b.familyId ? -1 : 1));
  return {
    ...rest,
    ...(past.length > 0 && { past }),
    version: held.version,
    members: noted.members.filter(({ personId }) => !leftSince.some((left) => left.personId === personId)),
    formerMembers: [...leftSince, ...noted.formerMembers].slice(0, formerMembersKept),
  };
};

const text = (member: FormerMember): string => JSON.stringify([member.personId, member.role, member.lives, member.from, member.to]);

const contentSchema = familySchema.omit({ version: true, updatedAt: true });

/** The family with the time it was noted with, where it is again what it was then. */
export const withNotedTime = (next: Family, noted: Family): Family =>
  JSON.stringify(contentSchema.parse(next)) === JSON.stringify(contentSchema.parse(noted)) ? { ...next, updatedAt: noted.updatedAt } : next;

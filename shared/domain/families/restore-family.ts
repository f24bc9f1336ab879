import { hasChanged } from './continue-families.ts';
import { familySchema, familySeen, formerMembersKept, type Family, type FormerMember, type ShownFamily } from './family.ts';

/**
 * The family to go on from after a judgement has been undone: as it was noted before the judgement, with the version that is
 * held, and with what has happened since that was not the judgement's doing. `people`: everybody who is in a family again.
 */
export const restoredFamily = (noted: Family, held: Family, people: ReadonlySet<string>): Family => {
  const whole = restoredView(noted, held, people);
  const limited = familySeen(noted, 'limited');
  if (noted.limited === undefined || limited === undefined) return { ...noted, ...whole };
  const shown = familySeen(held, 'limited') ?? limited;
  const { familyId: _, ...own } = restoredView(limited, shown, people);
  // Who sees only this must not take it for what they have seen under the same version.
  return {
    ...noted,
    ...whole,
    limited: hasChanged(shown, { familyId: noted.familyId, ...own }) ? { ...own, version: own.version + 1 } : own,
  };
};

const restoredView = (noted: ShownFamily, held: ShownFamily, people: ReadonlySet<string>): ShownFamily => {
  const known = new Set(noted.formerMembers.map(text));
  const leftSince = held.formerMembers.filter((member) => !known.has(text(member)) && !people.has(member.personId));
  return {
    ...noted,
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

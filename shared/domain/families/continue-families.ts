import type { IsoDate } from '../calendar/calendar-date.ts';
import type { BuiltFamily } from './build-families.ts';
import { familySchema, formerMembersKept, type Family, type FamilyCheck, type FamilyMember, type FormerMember } from './family.ts';
import { isPartOf, nextPast } from './past-families.ts';

/** What becomes of the families held so far. `before` is what was read, the condition of the write. */
export type FamilyStep =
  /** `partOf`: the families that it was a part of so far. */
  | { readonly kind: 'found'; readonly built: BuiltFamily; readonly partOf: readonly Family[] }
  /** `absorbed`: the families that are merged into it. `others`: those beside it that a child moved here from. */
  | {
      readonly kind: 'go-on';
      readonly before: Family;
      readonly built: BuiltFamily;
      readonly absorbed: readonly Family[];
      readonly others: readonly Family[];
    }
  /** `into`: the family that took most of its people. */
  | { readonly kind: 'merge'; readonly before: Family; readonly into: string }
  | { readonly kind: 'end'; readonly before: Family };

const livesHere = ({ lives }: FamilyMember): boolean => lives === 'in-the-household';

const shared = (before: Family, built: BuiltFamily): number => {
  const ids = new Set(before.members.filter(livesHere).map(({ personId }) => personId));
  return built.members.filter((member) => livesHere(member) && ids.has(member.personId)).length;
};

/**
 * The part of a family that is the largest; of equal parts the one with the fewest others, so that a family goes on where it is
 * itself and not where one of it has joined another; then the one with the first person.
 */
const largestPart = (before: Family, families: readonly BuiltFamily[]): BuiltFamily | undefined =>
  families
    .map((built) => ({ built, people: shared(before, built) }))
    .filter(({ people }) => people > 0)
    .toSorted(
      (a, b) =>
        b.people - a.people ||
        a.built.members.filter(livesHere).length - b.built.members.filter(livesHere).length ||
        ((a.built.members[0]?.personId ?? '') < (b.built.members[0]?.personId ?? '') ? -1 : 1),
    )[0]?.built;

/**
 * Gives built families their ids. A family keeps its id while people join and leave. Where it splits, the id stays with
 * the larger part. Where families become one, the older id stays (ids sort by age) and the others lead to it.
 */
export const continueFamilies = (before: readonly Family[], families: readonly BuiltFamily[]): readonly FamilyStep[] => {
  const current = before.filter(({ state }) => state === 'current').toSorted((a, b) => (a.familyId < b.familyId ? -1 : 1));
  const claims = new Map<BuiltFamily, Family[]>();
  const steps: FamilyStep[] = [];
  for (const family of current) {
    const part = largestPart(family, families);
    if (part) claims.set(part, [...(claims.get(part) ?? []), family]);
    else steps.push({ kind: 'end', before: family });
  }
  for (const built of families) {
    const [oldest, ...younger] = claims.get(built) ?? [];
    if (oldest === undefined) steps.push({ kind: 'found', built, partOf: current.filter((family) => isPartOf(built, family)) });
    else {
      const others = current.filter((family) => family !== oldest && !younger.includes(family) && isPartOf(built, family));
      steps.push({ kind: 'go-on', before: oldest, built, absorbed: younger, others });
      for (const family of younger) steps.push({ kind: 'merge', before: family, into: oldest.familyId });
    }
  }
  return steps;
};

const checksOf = (built: BuiltFamily, identityConflict: boolean): FamilyCheck[] => [
  ...(identityConflict ? (['identity-check'] as const) : []),
  ...(built.contactToCheck ? (['contact-check'] as const) : []),
  ...(built.tooLarge ? (['size-check'] as const) : []),
];

const sameMember = (a: FamilyMember, b: FamilyMember): boolean => a.personId === b.personId && a.lives === b.lives;

const leaving = (before: readonly FamilyMember[], now: readonly FamilyMember[], on: IsoDate): FormerMember[] =>
  before.filter((was) => !now.some((is) => sameMember(was, is))).map((was) => ({ ...was, to: on }));

/** The family as it is from now on; whoever was a member keeps the day they joined. */
export const nextFamily = (
  before: Family | undefined,
  built: BuiltFamily,
  {
    familyId,
    identityConflict,
    absorbed = [],
    partOf = [],
    others = [],
    at,
    on,
  }: {
    readonly familyId: string;
    readonly identityConflict: boolean;
    readonly absorbed?: readonly Family[];
    readonly partOf?: readonly Family[];
    readonly others?: readonly Family[];
    readonly at: string;
    readonly on: IsoDate;
  },
): Family => {
  const past = nextPast(familyId, { before, absorbed, partOf, others, now: built, at });
  const members = built.members.map((member) => {
    const was = before?.members.find((each) => sameMember(each, member));
    return was === undefined || was.from > member.from ? member : { ...member, from: was.from };
  });
  return {
    familyId,
    version: (before?.version ?? 0) + 1,
    state: 'current',
    members,
    formerMembers: [...leaving(before?.members ?? [], members, on), ...(before?.formerMembers ?? [])].slice(0, formerMembersKept),
    checks: checksOf(built, identityConflict),
    ...(past && { past }),
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
};

export const mergedFamily = (before: Family, into: string, { at, on }: { at: string; on: IsoDate }): Family => ({
  ...before,
  version: before.version + 1,
  state: 'merged',
  mergedInto: into,
  members: [],
  formerMembers: [...leaving(before.members, [], on), ...before.formerMembers].slice(0, formerMembersKept),
  checks: [],
  updatedAt: at,
});

export const endedFamily = (before: Family, { at, on }: { at: string; on: IsoDate }): Family => {
  const { mergedInto: _, ...rest } = mergedFamily(before, before.familyId, { at, on });
  return { ...rest, state: 'ended' };
};

const contentSchema = familySchema.omit({ version: true, updatedAt: true });
const content = (family: Family): string => JSON.stringify(contentSchema.parse(family));

/** Whether anything but the version and the time of writing differs. */
export const hasChanged = (before: Family | undefined, next: Family): boolean => {
  if (before === undefined) return true;
  return content(before) !== content(next);
};

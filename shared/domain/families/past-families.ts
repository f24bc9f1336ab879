import type { BuiltFamily } from './build-families.ts';
import type { Family, FamilyMember, PastFamily } from './family.ts';

type WithPast = Pick<Family, 'familyId' | 'past'>;

/** The family and every family whose past is its own, itself first. */
export const sourcesOf = ({ familyId, past = [] }: WithPast): readonly PastFamily[] => [
  { familyId },
  ...past.filter(({ children }) => children === undefined),
];

/**
 * Ids of the family, of all that were merged into it, of all that it was split from, and of those that a child moved here from. One claim
 * is made for two families with one of them in common.
 */
export const lineageIds = ({ familyId, past = [] }: WithPast): readonly string[] => [familyId, ...past.map((each) => each.familyId)];

/** An adult who moves out begins a family of their own; with a child, part of the family goes on elsewhere. */
const goesOnWith = ({ role }: FamilyMember): boolean => role !== 'adult' && role !== 'parent-or-carer';

/** Whether a family that is new is a part of one that was there: somebody of it who is no adult lived there. */
export const isPartOf = (built: BuiltFamily, before: Home): boolean => {
  const here = new Set(built.members.flatMap(({ personId, lives }) => (lives === 'in-the-household' ? [personId] : [])));
  return before.members.some((member) => member.lives === 'in-the-household' && here.has(member.personId) && goesOnWith(member));
};

type Home = Pick<BuiltFamily, 'members'>;

const livesIn = ({ members }: Home, personId: string): boolean =>
  members.some((member) => member.personId === personId && member.lives === 'in-the-household');

/** The children of a family who live in another now. */
const movedTo = (now: Home, before: Home): readonly string[] =>
  before.members
    .filter((member) => member.lives === 'in-the-household' && goesOnWith(member) && livesIn(now, member.personId))
    .map(({ personId }) => personId)
    .toSorted();

const earlier = (a: string | undefined, b: string): string => (a === undefined || b < a ? b : a);

/**
 * The past of a family after a step: its own, that of the families merged into it, and up to `at` that of the families it is a part of;
 * besides, those that children moved here from, as long as one of these lives here. Each family once; undefined where there is none.
 */
export const nextPast = (
  familyId: string,
  {
    before,
    absorbed,
    partOf,
    others = [],
    now,
    at,
  }: {
    readonly before: WithPast | undefined;
    readonly absorbed: readonly WithPast[];
    readonly partOf: readonly WithPast[];
    /** Families that go on beside it, as they were. */
    readonly others?: readonly Family[];
    readonly now: Home;
    readonly at: string;
  },
): PastFamily[] | undefined => {
  const all = new Map<string, PastFamily>();
  const add = (source: PastFamily): void => {
    const known = all.get(source.familyId);
    const isWider = known?.until !== undefined && (source.until === undefined || source.until > known.until);
    if (source.familyId !== familyId && (known === undefined || isWider)) all.set(source.familyId, source);
  };
  /** A past is more than a tie; a tie holds for the children who are here. */
  const tie = (to: string, children: readonly string[]): void => {
    const known = all.get(to);
    const here = [...new Set([...(known?.children ?? []), ...children])].filter((personId) => livesIn(now, personId)).toSorted();
    if (to !== familyId && here.length > 0 && (known === undefined || known.children !== undefined))
      all.set(to, { familyId: to, children: here });
  };
  for (const source of (before ? sourcesOf(before) : []).slice(1)) add(source);
  for (const source of absorbed.flatMap(sourcesOf)) add(source);
  for (const source of partOf.flatMap(sourcesOf)) add({ ...source, until: earlier(source.until, at) });
  for (const { past = [] } of [...(before ? [before] : []), ...absorbed, ...partOf])
    for (const each of past) if (each.children !== undefined) tie(each.familyId, each.children);
  for (const other of others) for (const each of lineageIds(other)) tie(each, movedTo(now, other));
  return all.size === 0 ? undefined : [...all.values()].toSorted((a, b) => (a.familyId < b.familyId ? -1 : 1));
};

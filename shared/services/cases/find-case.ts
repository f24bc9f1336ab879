import { visibilityOf, type Role, type Visibility } from '../../domain/access/access.ts';
import { entriesOf, standingEntries, type CaseEntry, type FactEntry } from '../../domain/cases/case-entry.ts';
import { standingOf, type CaseHead, type CaseStanding } from '../../domain/cases/case-head.ts';
import { caseExpiresOn } from '../../domain/cases/case-retention.ts';
import type { CaseView } from '../../contracts/http/case-routes.ts';
import { familySeen, type Family, type ShownFamily } from '../../domain/families/family.ts';
import { lineageIds, sourcesOf } from '../../domain/families/past-families.ts';
import type { HeldDetermination } from '../families/family-repository.ts';
import { Refusal } from '../refusal.ts';
import type { CasePorts } from './case-ports.ts';
import { determinedOf } from './follow-families.ts';

/** A family with everything that was ever decided and recorded about it, as a reader may know it. */
export interface FoundCase {
  readonly family: Family;
  readonly shown: ShownFamily;
  readonly visibility: Visibility;
  readonly held: HeldDetermination | undefined;
  readonly head: CaseHead | undefined;
  /** What is about the family, whoever may be shown it. */
  readonly entries: readonly CaseEntry[];
  /** What the reader may be shown. */
  readonly visible: readonly CaseEntry[];
}

const isShownTo = (visibility: Visibility, entry: CaseEntry): boolean =>
  visibility === 'whole' || (entry.entry === 'fact' && entry.seenBy === 'limited');

/** Throws `family-not-found`, also where the reader may not know that there is one. */
export const findCase = async (
  { families, cases }: Pick<CasePorts, 'families' | 'cases'>,
  { familyId, roles }: { readonly familyId: string; readonly roles: readonly Role[] },
): Promise<FoundCase> => {
  const visibility = visibilityOf(roles);
  const [[family], [held], [head]] = await Promise.all([
    families.findFamilies([familyId]),
    families.findDeterminations([familyId]),
    cases.findHeads([familyId]),
  ]);
  const shown = family && familySeen(family, visibility);
  if (family === undefined || shown === undefined) throw new Refusal('family-not-found', { about: [familyId] });
  const all = await cases.readEntries([...new Set([...lineageIds(family), ...lineageIds(shown)])]);
  return {
    family,
    shown,
    visibility,
    held,
    head,
    entries: entriesOf(sourcesOf(family), all),
    visible: entriesOf(sourcesOf(shown), all).filter((entry) => isShownTo(visibility, entry)),
  };
};

/** How it stands by everything that is known of it. */
export const standingFound = ({ family, held, head, entries }: FoundCase, more: readonly CaseEntry[] = []): CaseStanding =>
  standingOf({
    familyId: family.familyId,
    entries: [...entries, ...more],
    determined: determinedOf(held),
    isCurrent: family.state === 'current',
    before: head?.standing,
  });

/** What the reader read: the number of the last change that they are shown. */
export const versionSeen = ({ head, visibility }: Pick<FoundCase, 'head' | 'visibility'>): number =>
  (visibility === 'whole' ? head?.version : head?.limitedVersion) ?? 0;

/** The case after one more entry. */
export const nextHead = (found: FoundCase, entry: CaseEntry): CaseHead => {
  const { family, head } = found;
  const isLimited = isShownTo('limited', entry);
  return {
    familyId: family.familyId,
    version: (head?.version ?? 0) + 1,
    limitedVersion: (head?.limitedVersion ?? 0) + (isLimited ? 1 : 0),
    entries: (head?.entries ?? 0) + 1,
    standing: standingFound(found, [entry]),
    expiresOn: caseExpiresOn(entry.recordedAt),
  };
};

const notShown =
  'Your role is shown the facts that lead practitioners record and those that the programme team shares. Ask the programme team if you need more for your work with this family.';

const factView = ({ entry: _, seenBy, ...rest }: FactEntry, holds: boolean): CaseView['facts'][number] => ({
  ...rest,
  shared: seenBy === 'limited',
  holds,
});

export const caseView = (found: FoundCase): CaseView => {
  const { shown, visibility, visible } = found;
  const standing = standingEntries(visible);
  const holding = new Set([...standing.decisions, ...standing.facts].map(({ entryId }) => entryId));
  const facts = visible.flatMap((entry) => (entry.entry === 'fact' ? [factView(entry, holding.has(entry.entryId))] : []));
  const base = { familyId: shown.familyId, version: versionSeen(found), facts };
  if (visibility === 'limited') return { ...base, decisions: [], notShown };
  const { stage, waitingSince, askedAgain, determined } = standingFound(found);
  return {
    ...base,
    stage,
    ...(stage === 'awaiting' && waitingSince !== undefined && { waitingSince }),
    ...(askedAgain === true && { askedAgain }),
    ...(determined && { determination: determined }),
    decisions: visible.flatMap((each) => {
      if (each.entry !== 'decision') return [];
      const { entry: _, replaces: __, ...decision } = each;
      return [{ ...decision, holds: holding.has(decision.entryId) }];
    }),
  };
};

/** Ids of everybody whom the answer is about. */
export const subjectsOfCase = ({ family, shown, visible }: FoundCase): readonly string[] => [
  family.familyId,
  ...new Set([
    ...shown.members.map(({ personId }) => personId),
    ...visible.flatMap((entry) => (entry.entry === 'fact' && entry.fact?.kind === 'assessment' ? entry.fact.personIds : [])),
  ]),
];

import type { DeterminationExplanation, DeterminationSummaryView } from '../../contracts/http/determination-routes.ts';
import type { EligibilityView } from '../../contracts/http/family-routes.ts';
import { visibilityOf, type Role, type Visibility } from '../../domain/access/access.ts';
import { explainChange } from '../../domain/eligibility/explain-change.ts';
import type { HeldDetermination } from '../families/family-repository.ts';
import { determinationSeen } from '../families/determination-seen.ts';
import { eligibilityView, type HeldFamily, type Shown } from '../families/family-views.ts';
import { findFamily, notAskedOf, type Asked, type ReadFamiliesPorts } from '../families/read-families.ts';
import { decodeCount, encodeCount } from '../paging/cursor.ts';
import { Refusal } from '../refusal.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';
import { explainInParagraphs } from './explain-in-paragraphs.ts';

export interface AskedVersion extends Asked {
  readonly version: number;
}

/** So many of the reader's versions, newest first, older than `below`. What the others see leaves no trace in numbers or pages. */
const versionsSeen = async (
  { families }: ReadFamiliesPorts,
  { family, held }: HeldFamily,
  { roles, below, limit }: { roles: readonly Role[]; below: number | undefined; limit: number },
): Promise<readonly HeldDetermination[]> => {
  if (visibilityOf(roles) === 'whole') {
    const versions = await families.listVersions(family.familyId, { limit, below });
    return versions.filter(({ determination }) => determination !== undefined);
  }
  const since = (held?.limitedSince ?? []).slice(0, below === undefined ? undefined : below - 1).slice(-limit);
  const found = await families.findVersions(family.familyId, since);
  return found.toSorted((a, b) => b.version - a.version);
};

/** Versions, newest first, as the reader may have them; each with what changed since the next one. */
export const determinationSummaries = (
  versions: readonly HeldDetermination[],
  visibility: Visibility,
): readonly DeterminationSummaryView[] => {
  const seen = versions.flatMap((held) => {
    const own = determinationSeen(held, visibility);
    return own === undefined ? [] : [{ ...own, isSealed: held.inputs !== undefined }];
  });
  return seen.map(({ version, determinedAt, determination, isSealed }, index): DeterminationSummaryView => {
    const before = seen[index + 1]?.determination;
    const { asAt, ruleSet, outcome, says, criteriaMet } = determination;
    return {
      version,
      determinedAt,
      asAt,
      ruleSet,
      outcome,
      says,
      criteriaMet,
      ...(before && { wasOutcome: before.outcome }),
      changes: explainChange(before, determination).map(({ because, ...change }) => ({ ...change, because: [...because] })),
      ...(visibility === 'whole' && { isSealed }),
    };
  });
};

/** What a family has been determined to be to this reader, newest first, each with what changed since the one before it. */
export const listDeterminations = async (
  ports: ReadFamiliesPorts,
  { roles, limit, cursor, ...asked }: Asked & PageRequest,
): Promise<{ readonly page: Page<DeterminationSummaryView>; readonly subjects: readonly string[] }> => {
  const family = await findFamily(ports, { ...asked, roles });
  const visibility = visibilityOf(roles);
  const list = `determinations of ${asked.familyId} ${visibility}`;
  const versions = await versionsSeen(ports, family, { roles, below: decodeCount(list, cursor), limit: limit + 1 });
  const seen = determinationSummaries(versions, visibility);
  const items = seen.slice(0, limit);
  const last = seen.length > limit ? items.at(-1) : undefined;
  return { page: { items, ...(last && { cursor: encodeCount(list, last.version) }) }, subjects: [asked.familyId] };
};

/** The family with the version of its determination that the reader calls so; throws `determination-not-found`. */
export const findVersion = async (
  ports: ReadFamiliesPorts,
  { version, ...asked }: AskedVersion,
): Promise<HeldFamily & { held: HeldDetermination }> => {
  const family = await findFamily(ports, asked);
  const visibility = visibilityOf(asked.roles);
  const whole = visibility === 'whole' ? version : family.held?.limitedSince[version - 1];
  const [held] = whole === undefined ? [] : await ports.families.findVersions(asked.familyId, [whole]);
  if (held === undefined || determinationSeen(held, visibility)?.version !== version)
    throw new Refusal('determination-not-found', { about: [asked.familyId] });
  return { ...family, held, notAsked: await notAskedOf(ports, held, visibility) };
};

/** One determination, as it was given then; what a restriction or a protected address set since takes away is not shown. */
export const readDetermination = async (ports: ReadFamiliesPorts, asked: AskedVersion): Promise<Shown<EligibilityView>> => {
  const shown = eligibilityView(await findVersion(ports, asked), { roles: asked.roles, today: ports.clock.today() });
  if (shown === undefined) throw new Refusal('determination-not-found', { about: [asked.familyId] });
  return shown;
};

export const explainDetermination = async (
  ports: ReadFamiliesPorts,
  asked: AskedVersion,
): Promise<{ readonly view: DeterminationExplanation; readonly subjects: readonly string[] }> => {
  const { view, subjects } = await readDetermination(ports, asked);
  return { view: explainInParagraphs(view), subjects };
};

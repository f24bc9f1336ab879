import { decideAssignment, type Assignment, type Candidate } from '../../domain/matching/decide-assignment.ts';
import { identityKeys } from '../../domain/matching/match-keys.ts';
import { assembleView, identityOf } from '../../domain/people/assemble-profile.ts';
import type { Mention } from '../../domain/people/mention.ts';
import type { PersonDetails } from '../../domain/people/person-details.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord, RecordedAssignment } from '../../domain/people/person-record.ts';
import { sharedIdentifiers } from '../../domain/people/review.ts';
import type { HeldView, PlanContext } from './plan-row.ts';

/** More candidates than a name, a date and a postcode can honestly have. */
const mostCandidates = 40;

/** Who a mention is about: decided among those who share a key with it, and those just made by the same row. */
export const assign = (
  held: HeldView,
  draft: PersonRecord,
  made: ReadonlyMap<string, PersonProfile>,
  context: PlanContext,
  instead?: Candidate,
): Assignment => {
  const keys = keysOfMention(draft, context);
  const candidates: Candidate[] = [];
  for (const personId of held.peopleUnder(keys).slice(0, mostCandidates)) {
    const profile = personId === instead?.personId ? undefined : held.profile(personId);
    if (profile && !isKeptApart(profile, instead, keys)) candidates.push(profile);
  }
  for (const profile of made.values()) if (profile.identityKeys.some((key) => keys.includes(key))) candidates.push(profile);
  if (instead) candidates.push(instead);
  return decideAssignment(draft.details, candidates);
};

/** An assignment, with the judgement by which it was made where people made it. */
export type AssignedMention = Assignment & Pick<RecordedAssignment, 'judgement'>;

/**
 * A row that came before stays with its person, unless it says something else about who that is. Then it is decided as if
 * it were new, against what the other rows say about the person; without other rows the person is what this row says. Where
 * people have decided whom the row is about, it stays there; a number that contradicts is asked about.
 */
export const assignAgain = (
  held: HeldView,
  draft: PersonRecord,
  before: PersonRecord,
  made: ReadonlyMap<string, PersonProfile>,
  context: PlanContext,
): AssignedMention => {
  const { because, judgement, review, reviewWith } = before;
  const isJudged = because === 'judgement';
  const stay: AssignedMention = {
    kind: 'link',
    personId: before.personId,
    because: isJudged ? 'judgement' : 'assigned-before',
    ...(review !== undefined && { review }),
    ...(reviewWith !== undefined && { reviewWith }),
    ...(judgement !== undefined && { judgement }),
  };
  if (identityText(draft.details) === identityText(before.details)) return stay;
  if (isJudged) return contradicts(draft.details, before.details) ? { ...stay, review: 'identifier-conflict' } : stay;
  const others = held.records(before.personId).filter(({ rowId }) => rowId !== draft.rowId);
  const view = assembleView(others, before.expiresOn);
  const { apart = [] } = held.profile(before.personId) ?? {};
  const decided = assign(held, draft, made, context, { ...view, personId: before.personId, apart });
  if (decided.kind === 'link' || view.recordCount > 0) return decided;
  return { kind: 'link', personId: before.personId, because: 'assigned-before' };
};

/** Whether the person whose row this has been was judged to be somebody else, and the row brings no identifier that was not known then. */
const isKeptApart = (profile: PersonProfile, instead: Candidate | undefined, keys: readonly string[]): boolean => {
  const pair = instead?.apart?.find(({ personId }) => personId === profile.personId);
  return pair !== undefined && sharedIdentifiers(keys, profile.identityKeys).every((key) => pair.identifiers.includes(key));
};

/** Another number of a kind of which somebody has only one. */
const contradicts = (now: PersonDetails, before: PersonDetails): boolean =>
  [[now.nhsNumber, before.nhsNumber] as const, [now.nino, before.nino] as const].some(
    ([a, b]) => a !== undefined && b !== undefined && a !== b,
  );

/** The keys by which a mention finds its person. */
export const keysOfMention = ({ details }: Pick<Mention, 'details'>, { hash, upload, feed }: PlanContext): readonly string[] => {
  const source = { agency: upload.agency, feed: feed.id, periodEnd: upload.periodEnd };
  const addresses = details.address === undefined ? [] : [{ address: details.address }];
  return identityKeys(hash, { ...identityOf(details, source), addresses });
};

/** Everything that assignment looks at but the address, which people change without becoming somebody else. */
const identityText = (details: PersonDetails): string =>
  JSON.stringify([
    details.forename,
    details.surname,
    details.previousSurname,
    details.birthDate,
    details.birthDateEstimated,
    details.nhsNumber,
    details.upn,
    details.formerUpn,
    details.nino,
  ]);

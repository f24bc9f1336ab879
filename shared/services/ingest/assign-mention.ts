import { decideAssignment, type Assignment, type Candidate } from '../../domain/matching/decide-assignment.ts';
import { rankCandidates } from '../../domain/matching/keys/rank-candidates.ts';
import { keysToLookUnder } from '../../domain/matching/keys/stored-blocks.ts';
import { lookupOf, type Lookup } from '../../domain/matching/match-keys.ts';
import type { MatchRow } from '../../domain/matching/rows/match-row.ts';
import { rowOfDetails } from '../../domain/matching/rows/row-of-details.ts';
import { assembleView } from '../../domain/people/assemble-profile.ts';
import type { Mention } from '../../domain/people/mention.ts';
import type { PersonDetails } from '../../domain/people/person-details.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import { assignmentOf, type PersonRecord, type RecordedAssignment } from '../../domain/people/person-record.ts';
import { sharedIdentifiers } from '../../domain/people/review.ts';
import type { HeldView, PlanContext } from './plan-row.ts';

/** Each is a profile to read; who shares less with the row than so many others is hardly ever the one. */
const mostCandidates = 12;
/** Of those who share one key only, as strangers in a large town do, no more than these are read. */
const alwaysRead = 3;

/** A mention as the engine sees it, and the keys by which it finds its person. */
interface Sought extends Lookup {
  readonly row: MatchRow;
}

export const soughtBy = (
  { details }: Pick<Mention, 'details'>,
  { hash, feed, upload }: Pick<PlanContext, 'hash' | 'feed' | 'upload'>,
): Sought => {
  const row = rowOfDetails(details, { agency: upload.agency, feed: feed.id });
  return { row, ...lookupOf(hash, details, row) };
};

/** Whom the mention may be about: those who share the most telling keys with it, best first. */
export const candidatesFor = (
  sought: Sought,
  held: Pick<HeldView, 'entries' | 'isFull'>,
  { matching }: Pick<PlanContext, 'matching'>,
): string[] => rankCandidates(held.entries(keysFor(sought, held)), matching.people, mostCandidates, alwaysRead);

/** Under which keys to look, as far as it is known which of them are full. */
export const keysFor = ({ keys, ladders }: Lookup, held: Pick<HeldView, 'isFull'>): readonly string[] => [
  ...keys,
  ...ladders.flatMap((ladder) => keysToLookUnder(ladder, (key) => held.isFull(key))),
];

/** Who a mention is about: decided among those who share a key with it, and those just made by the same row. */
export const assign = (
  held: HeldView,
  draft: PersonRecord,
  made: ReadonlyMap<string, PersonProfile>,
  context: PlanContext,
  instead?: Candidate,
): Assignment => {
  const sought = soughtBy(draft, context);
  const candidates: Candidate[] = [];
  for (const personId of candidatesFor(sought, held, context)) {
    const profile = personId === instead?.personId ? undefined : held.profile(personId);
    if (profile && !isKeptApart(profile, instead, sought.keys)) candidates.push(profile);
  }
  const anywhere = [...sought.keys, ...sought.ladders.flat()];
  for (const profile of made.values()) if (profile.identityKeys.some((key) => anywhere.includes(key))) candidates.push(profile);
  if (instead) candidates.push(instead);
  return decideAssignment(sought.row, candidates, context.matching);
};

/** An assignment, with the judgement by which it was made where people made it. */
export type AssignedMention = Assignment & Pick<RecordedAssignment, 'judgement'>;

/**
 * A row that came before stays with its person, unless it says something else about who that is. Then it is decided as if
 * it were new, against what the other rows say about the person; without other rows the person is what this row says, and
 * where it may still be the same person it stays and is asked about. Where people have decided whom the row is about, it
 * stays there; a number that contradicts is asked about.
 */
export const assignAgain = (
  held: HeldView,
  draft: PersonRecord,
  before: PersonRecord,
  made: ReadonlyMap<string, PersonProfile>,
  context: PlanContext,
): AssignedMention => {
  const { personId, because } = before;
  const isJudged = because === 'judgement';
  const stay: AssignedMention = {
    ...assignmentOf(before),
    kind: 'link',
    personId,
    because: isJudged ? 'judgement' : 'assigned-before',
  };
  if (identityText(draft.details) === identityText(before.details)) return stay;
  if (isJudged) return contradicts(draft.details, before.details) ? { ...stay, review: 'identifier-conflict' } : stay;
  const others = held.records(personId).filter(({ rowId }) => rowId !== draft.rowId);
  const view = assembleView(others, before.expiresOn);
  const { apart = [] } = held.profile(personId) ?? {};
  const decided = assign(held, draft, made, context, { ...view, personId, apart });
  if (decided.kind === 'new' && decided.reviewWith?.[0] === personId) {
    const { review, decision } = decided;
    return { kind: 'link', personId, because: 'assigned-before', ...(review && { review }), ...(decision && { decision }) };
  }
  if (decided.kind === 'link' || view.recordCount > 0) return decided;
  return { kind: 'link', personId, because: 'assigned-before' };
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
    details.agencyRegister,
    details.agencyPersonId,
  ]);

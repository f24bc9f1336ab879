import { decideAssignment, type Assignment, type Candidate } from '../../domain/matching/decide-assignment.ts';
import { identityKeys } from '../../domain/matching/match-keys.ts';
import { assembleView, identityOf } from '../../domain/people/assemble-profile.ts';
import type { Mention } from '../../domain/people/mention.ts';
import type { PersonDetails } from '../../domain/people/person-details.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
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
    if (profile) candidates.push(profile);
  }
  for (const profile of made.values()) if (profile.identityKeys.some((key) => keys.includes(key))) candidates.push(profile);
  if (instead) candidates.push(instead);
  return decideAssignment(draft.details, candidates);
};

/**
 * A row that came before stays with its person, unless it says something else about who that is. Then it is decided as if
 * it were new, against what the other rows say about the person; without other rows the person is what this row says.
 */
export const assignAgain = (
  held: HeldView,
  draft: PersonRecord,
  before: PersonRecord,
  made: ReadonlyMap<string, PersonProfile>,
  context: PlanContext,
): Assignment => {
  const stay: Assignment = {
    kind: 'link',
    personId: before.personId,
    because: 'assigned-before',
    ...(before.review !== undefined && { review: before.review }),
  };
  if (identityText(draft.details) === identityText(before.details)) return stay;
  const others = held.records(before.personId).filter(({ rowId }) => rowId !== draft.rowId);
  const view = assembleView(others, before.expiresOn);
  const decided = assign(held, draft, made, context, { ...view, personId: before.personId });
  if (decided.kind === 'link' || view.recordCount > 0) return decided;
  return { kind: 'link', personId: before.personId, because: 'assigned-before' };
};

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

import type { EvidenceView, FamilySummaryView, MemberView } from '../../contracts/http/family-routes.ts';
import { maySeeEvidence, type AccessClass, type Role } from '../../domain/access/access.ts';
import { ageInYears } from '../../domain/calendar/calendar-date.ts';
import { dayOf } from '../../domain/calendar/days.ts';
import type { CriterionResult, Gap, Outcome } from '../../domain/eligibility/determination.ts';
import type { Family, FamilyCheck, FamilyMember } from '../../domain/families/family.ts';
import { assembleView } from '../../domain/people/assemble-profile.ts';
import type { FamilySummary } from './family-repository.ts';
import { birthDateOf, expectedBirthDateOf, type Person } from './to-family-person.ts';

export const waitingFor = (outcome: Outcome | undefined, checks: readonly FamilyCheck[]): FamilySummaryView['waitingFor'] => [
  ...(outcome === 'eligible' ? (['decision'] as const) : []),
  ...checks,
];

export const summaryView = ({ checks, open: _, reassessOn: __, ...summary }: FamilySummary): FamilySummaryView => ({
  ...summary,
  waitingFor: waitingFor(summary.outcome, checks),
});

const classTitles: Readonly<Record<AccessClass, string>> = {
  standard: 'partners’ files',
  benefits: 'benefits files',
  protected: 'domestic abuse files',
};

const accessClasses: readonly AccessClass[] = ['standard', 'benefits', 'protected'];

export interface EvidenceContext {
  readonly roles: readonly Role[];
  /** People whose data may not be shown at present. */
  readonly restricted: ReadonlySet<string>;
}

/** Rows that are not shown are counted, never left out without a word. */
export const evidenceView = (
  { evidence, evidenceCount }: Pick<CriterionResult, 'evidence' | 'evidenceCount'>,
  { roles, restricted }: EvidenceContext,
): EvidenceView => {
  const free = evidence.filter(({ personId }) => !restricted.has(personId));
  const rows = (count: number): string => `${String(count)} ${count === 1 ? 'row' : 'rows'}`;
  const ofClasses = accessClasses
    .filter((accessClass) => !maySeeEvidence(roles, accessClass))
    .map((reason) => ({ reason, count: free.filter(({ accessClass }) => accessClass === reason).length }))
    .map((each) => ({ ...each, says: `${rows(each.count)} of ${classTitles[each.reason]}: not for your role to see.` }));
  const ofRestricted = evidence.length - free.length;
  const says = `${rows(ofRestricted)} about a person under a restriction. Ask your data protection officer.`;
  return {
    shown: free.filter(({ accessClass }) => maySeeEvidence(roles, accessClass)),
    withheld: [...ofClasses, { reason: 'restriction' as const, count: ofRestricted, says }].filter(({ count }) => count > 0),
    notListed: evidenceCount - evidence.length,
  };
};

/** The day on which rows stop counting is the day of the rows: where one of them is withheld, so is the day. */
export const wouldChangeView = ({ wouldChange }: Pick<CriterionResult, 'wouldChange'>, { withheld }: EvidenceView): string =>
  withheld.length === 0 ? wouldChange : 'That depends on rows that are not shown.';

/** What is missing, as far as it says nothing about a row that the role may not see. */
export const gapsView = (gaps: readonly Gap[], roles: readonly Role[]): Gap[] =>
  gaps.map((gap) =>
    gap.accessClass === undefined || maySeeEvidence(roles, gap.accessClass)
      ? gap
      : {
          reason: gap.reason,
          accessClass: gap.accessClass,
          says: `Something in ${classTitles[gap.accessClass]} that your role may not see.`,
        },
  );

const notShown = (personId: string, detail: string): MemberView => ({ access: 'restricted', personId, detail });

export interface MemberContext {
  readonly roles: readonly Role[];
  readonly today: string;
  /** Somebody of the family, now or before, has an address that must not be known: then nobody's is shown, because one leads to the other. */
  readonly addressProtected: boolean;
}

/** A member out of the records that the role may see, and out of those only. */
export const memberView = (
  member: FamilyMember,
  person: Person | undefined,
  { roles, today, addressProtected }: MemberContext,
): MemberView => {
  const { personId, role, lives, basis, from } = member;
  if (person === undefined) return notShown(personId, 'Nothing is held about this person any more.');
  if (person.profile.restriction)
    return notShown(personId, 'There is a restriction on this person’s data. Ask your data protection officer.');
  const records = person.records.filter(({ accessClass }) => maySeeEvidence(roles, accessClass));
  if (records.length === 0) return notShown(personId, 'All we know of this person comes from files that your role may not see.');
  const view = assembleView(records, person.profile.expiresOn);
  const name = view.names.find(({ former }) => former !== true) ?? view.names[0];
  const birthDate = birthDateOf(view);
  const expectedBirthDate = expectedBirthDateOf(view);
  const address = view.addresses.find(({ to }) => to === undefined) ?? view.addresses[0];
  return {
    access: 'shown',
    personId,
    ...(name?.forename !== undefined && { forename: name.forename }),
    ...(name?.surname !== undefined && { surname: name.surname }),
    ...(birthDate !== undefined && { birthDate }),
    ...(birthDate !== undefined && birthDate <= today && { age: ageInYears(dayOf(birthDate), dayOf(today)) }),
    ...(expectedBirthDate !== undefined && { expectedBirthDate }),
    role,
    lives,
    basis,
    from,
    ...(addressProtected
      ? { addressWithheld: 'Somebody in this family has an address that must not be known, so no address is shown.' }
      : address && { address: address.address }),
    records: records.map(({ feed, agency, uploadId, row, subject, because }) => ({ feed, agency, uploadId, row, subject, because })),
  };
};

export const formerMemberViews = ({ formerMembers }: Family) =>
  formerMembers.map(({ personId, role, from, to }) => ({ personId, role, from, to }));

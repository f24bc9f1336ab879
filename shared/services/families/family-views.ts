import type { EligibilityView, EvidenceView, FamilySummaryView, FamilyView, MemberView } from '../../contracts/http/family-routes.ts';
import { isWithin, visibilityOf, type Role, type Visibility } from '../../domain/access/access.ts';
import type { SeenDetermination, SeenOutcome } from '../../domain/access/limited-determination.ts';
import type { CaseHead } from '../../domain/cases/case-head.ts';
import { ageInYears } from '../../domain/calendar/calendar-date.ts';
import { dayOf } from '../../domain/calendar/days.ts';
import type { RuleSet } from '../../domain/eligibility/rule-set.ts';
import { familySeen, type Family, type FamilyCheck, type FamilyMember } from '../../domain/families/family.ts';
import { assembleView } from '../../domain/people/assemble-profile.ts';
import { determinationSeen } from './determination-seen.ts';
import type { FamilySummary, HeldDetermination } from './family-repository.ts';
import { hasProtectedAddress } from './protected-homes.ts';
import { birthDateOf, expectedBirthDateOf, type Person } from './to-family-person.ts';

type SeenCriterion = SeenDetermination['criteria'][number];

const waitingFor = (
  outcome: SeenOutcome | undefined,
  checks: readonly FamilyCheck[],
  isUndecided: boolean,
): FamilySummaryView['waitingFor'] => [...(outcome === 'eligible' && isUndecided ? (['decision'] as const) : []), ...checks];

/**
 * Whether somebody has still to decide about an eligible family. Who is not shown decisions is told no more than that one was made about
 * this very family: that it is asked about again may follow from rows that they are not shown.
 */
export const isUndecided = (head: CaseHead | undefined, visibility: Visibility): boolean => {
  if (head === undefined) return true;
  const { stage, decision } = head.standing;
  return visibility === 'whole' ? stage === 'awaiting' : decision?.familyId !== head.familyId;
};

export const summaryView = ({ checks, open: _, reassessOn: __, ...summary }: FamilySummary, isToDecide = true): FamilySummaryView => ({
  ...summary,
  waitingFor: waitingFor(summary.outcome, checks, isToDecide),
});

/** Everything that a family's answers are made of. */
export interface HeldFamily {
  readonly family: Family;
  readonly held: HeldDetermination | undefined;
  /** Undefined where nothing was ever to be decided. */
  readonly head?: CaseHead | undefined;
  /** Everybody who belongs or belonged to it, with all their records. */
  readonly people: ReadonlyMap<string, Person>;
  /** Keys of the homes that must not be known, of those that these people have had. */
  readonly protectedHomes: ReadonlySet<string>;
  /** Criteria of the plan that no file answers, of the rule set it was held against. */
  readonly notAsked: RuleSet['notAsked'];
}

export interface Reader {
  readonly roles: readonly Role[];
  readonly today: string;
}

/** An answer with what goes with it. */
export interface Shown<View> {
  readonly view: View;
  /** Changes whenever the family or its determination does, as far as the reader may know them. */
  readonly etag: string;
  /** Everybody the answer is about. */
  readonly subjects: readonly string[];
}

const withoutPlaces = 'Somebody in this family has an address that must not be known.';
const notShown =
  'Your role sees what the standard files say. What benefits and domestic abuse files say is not shown, whether or not they say anything. Before a visit, ask the programme team what you must know for everybody’s safety.';

interface Scope {
  readonly visibility: Visibility;
  /** Nobody’s address is shown, because one leads to the other. */
  readonly addressProtected: boolean;
  /** Nor where rows come from: a school, a landlord or an upload says where somebody is. */
  readonly placesWithheld: boolean;
  /** People whose data may not be shown at present. */
  readonly restricted: ReadonlySet<string>;
  readonly today: string;
}

const scopeOf = ({ people, protectedHomes }: HeldFamily, { roles, today }: Reader): Scope => {
  const visibility = visibilityOf(roles);
  const profiles = [...people.values()].map(({ profile }) => profile);
  const addressProtected = profiles.some((profile) => hasProtectedAddress(profile, protectedHomes));
  return {
    visibility,
    addressProtected,
    placesWithheld: addressProtected && visibility === 'limited',
    restricted: new Set(profiles.filter(({ restriction }) => restriction !== undefined).map(({ personId }) => personId)),
    today,
  };
};

const notices = ({ visibility, addressProtected, placesWithheld }: Scope) => ({
  ...(visibility === 'limited' && { notShown }),
  ...(addressProtected && {
    placesWithheld: placesWithheld
      ? `${withoutPlaces} No address is shown, nor which school, landlord or other agency sent a row, because that can say where somebody is. Ask the programme team if you need it.`
      : `${withoutPlaces} No address is shown.`,
  }),
});

/** Where a row comes from, unless that says where somebody is. */
const sourceOf = <Source extends { readonly agency: string; readonly uploadId: string; readonly row: number }>(
  source: Source,
  { placesWithheld }: Scope,
) => {
  const { agency, uploadId, row, ...rest } = source;
  return placesWithheld ? rest : { ...rest, agency, uploadId, row };
};

/** Rows about people under a restriction are counted, never left out without a word. */
const evidenceView = ({ evidence, evidenceCount }: Pick<SeenCriterion, 'evidence' | 'evidenceCount'>, scope: Scope): EvidenceView => {
  const free = evidence.filter(({ personId }) => !scope.restricted.has(personId));
  const count = evidence.length - free.length;
  const says = `${String(count)} ${count === 1 ? 'row' : 'rows'} about a person under a restriction. Ask your data protection officer.`;
  return {
    shown: free.map((row) => sourceOf(row, scope)),
    withheld: count === 0 ? [] : [{ reason: 'restriction', count, says }],
    notListed: evidenceCount - evidence.length,
  };
};

/** The day on which rows stop counting is the day of the rows: where one of them is withheld, so is the day. */
const wouldChangeView = ({ wouldChange }: Pick<SeenCriterion, 'wouldChange'>, { withheld }: EvidenceView): string =>
  withheld.length === 0 ? wouldChange : 'That depends on rows that are not shown.';

const notToBeShown = (personId: string, detail: string): MemberView => ({ access: 'restricted', personId, detail });

/** A member out of the records that the reader may see, and out of those only. */
const memberView = (member: FamilyMember, person: Person | undefined, scope: Scope): MemberView => {
  const { personId, role, lives, basis, from } = member;
  const records = (person?.records ?? []).filter(({ accessClass }) => isWithin(scope.visibility, accessClass));
  if (person === undefined || records.length === 0) return notToBeShown(personId, 'Nothing is held about this person any more.');
  if (person.profile.restriction)
    return notToBeShown(personId, 'There is a restriction on this person’s data. Ask your data protection officer.');
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
    ...(birthDate !== undefined && birthDate <= scope.today && { age: ageInYears(dayOf(birthDate), dayOf(scope.today)) }),
    ...(expectedBirthDate !== undefined && { expectedBirthDate }),
    role,
    lives,
    basis,
    from,
    ...(scope.addressProtected ? { addressWithheld: `${withoutPlaces} No address is shown.` } : address && { address: address.address }),
    records: records.map(({ feed, agency, uploadId, row, subject, because }) =>
      sourceOf({ feed, agency, uploadId, row, subject, ...(scope.visibility === 'whole' && { because }) }, scope),
    ),
  };
};

/** A family as the reader may know it: members, and the criteria that are met with the rows that show it. */
export const familyView = (heldFamily: HeldFamily, reader: Reader): Shown<FamilyView> | undefined => {
  const { held, people } = heldFamily;
  const scope = scopeOf(heldFamily, reader);
  const family = familySeen(heldFamily.family, scope.visibility);
  if (family === undefined) return undefined;
  const seen = held && determinationSeen(held, scope.visibility);
  const determination = seen?.determination;
  const view: FamilyView = {
    familyId: family.familyId,
    version: family.version,
    state: family.state,
    ...(family.mergedInto !== undefined && { mergedInto: family.mergedInto }),
    members: family.members.map((member) => memberView(member, people.get(member.personId), scope)),
    formerMembers: family.formerMembers.map(({ personId, role, from, to }) => ({ personId, role, from, to })),
    waitingFor: waitingFor(determination?.outcome, family.checks, isUndecided(heldFamily.head, scope.visibility)),
    ...(determination && {
      eligibility: {
        outcome: determination.outcome,
        says: determination.says,
        criteriaMet: determination.criteriaMet,
        headings: determination.headings,
        ruleSet: determination.ruleSet,
        asAt: determination.asAt,
      },
    }),
    needs: (determination?.criteria ?? [])
      .filter(({ value }) => value === 'met')
      .map((criterion) => ({
        criterionId: criterion.criterionId,
        heading: criterion.heading,
        says: criterion.says,
        evidence: evidenceView(criterion, scope),
      })),
    ...notices(scope),
    createdAt: family.createdAt,
    updatedAt: seen !== undefined && seen.determinedAt > family.updatedAt ? seen.determinedAt : family.updatedAt,
  };
  const shown = [...view.members, ...view.formerMembers].map(({ personId }) => personId);
  return { view, etag: etagOf(family.version, seen?.version), subjects: [family.familyId, ...new Set(shown)] };
};

/** Why a family is what it is determined to be, down to file and row, as far as the reader may know. */
export const eligibilityView = (heldFamily: HeldFamily, reader: Reader): Shown<EligibilityView> | undefined => {
  const scope = scopeOf(heldFamily, reader);
  const family = familySeen(heldFamily.family, scope.visibility);
  const seen = heldFamily.held && determinationSeen(heldFamily.held, scope.visibility);
  if (family === undefined || seen === undefined) return undefined;
  const { criteria, ...determination } = seen.determination;
  const view: EligibilityView = {
    ...determination,
    familyId: family.familyId,
    version: seen.version,
    determinedAt: seen.determinedAt,
    criteria: criteria.map(({ evidence: rows, evidenceCount, valueInHousehold: _, ...criterion }) => {
      const evidence = evidenceView({ evidence: rows, evidenceCount }, scope);
      return { ...criterion, wouldChange: wouldChangeView(criterion, evidence), evidence };
    }),
    notAsked: heldFamily.notAsked.map((each) => ({ ...each })),
    ...notices(scope),
  };
  const shown = family.members.map(({ personId }) => personId);
  return { view, etag: etagOf(family.version, seen.version), subjects: [family.familyId, ...shown] };
};

const etagOf = (family: number, determination = 0): string => `${String(family)}.${String(determination)}`;

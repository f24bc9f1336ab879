import type { EligibilityView, FamilySummaryView, FamilyView } from '../../contracts/http/family-routes.ts';
import type { Role } from '../../domain/access/access.ts';
import type { Outcome } from '../../domain/eligibility/determination.ts';
import { ruleSets } from '../../domain/eligibility/rule-set-on.ts';
import type { Family } from '../../domain/families/family.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';
import type { FamilyRepository, HeldDetermination } from './family-repository.ts';
import { evidenceView, formerMemberViews, gapsView, memberView, summaryView, waitingFor, wouldChangeView } from './family-views.ts';
import type { HeldPeople } from './held-people.ts';
import type { Person } from './to-family-person.ts';

export interface ReadFamiliesPorts {
  readonly families: Pick<FamilyRepository, 'findFamilies' | 'findDeterminations' | 'listSummaries'>;
  readonly people: Pick<HeldPeople, 'readPeople'>;
  readonly clock: Clock;
}

export const listFamilies = async (
  { families }: Pick<ReadFamiliesPorts, 'families'>,
  { eligibility, heading, ...page }: PageRequest & { readonly eligibility?: Outcome | undefined; readonly heading?: string | undefined },
): Promise<Page<FamilySummaryView>> => {
  const { items, ...rest } = await families.listSummaries({ outcome: eligibility, heading }, page);
  return { items: items.map(summaryView), ...rest };
};

const find = async (
  { families }: Pick<ReadFamiliesPorts, 'families'>,
  familyId: string,
): Promise<{ family: Family; held: HeldDetermination | undefined }> => {
  const [[family], [held]] = await Promise.all([families.findFamilies([familyId]), families.findDeterminations([familyId])]);
  if (!family) throw new Refusal('family-not-found', { about: [familyId] });
  return { family, held };
};

const peopleOf = async ({ people }: Pick<ReadFamiliesPorts, 'people'>, family: Family): Promise<ReadonlyMap<string, Person>> => {
  const held = await people.readPeople([...family.members, ...family.formerMembers].map(({ personId }) => personId));
  return new Map(held.map((person) => [person.profile.personId, person]));
};

const restrictedOf = (profiles: readonly PersonProfile[]): ReadonlySet<string> =>
  new Set(profiles.filter(({ restriction }) => restriction !== undefined).map(({ personId }) => personId));

export interface Shown<View> {
  readonly view: View;
  /** Changes whenever the family or its determination does. */
  readonly etag: string;
  /** Everybody the answer is about. */
  readonly subjects: readonly string[];
}

const etagOf = (family: Family, held: HeldDetermination | undefined): string => `${String(family.version)}.${String(held?.version ?? 0)}`;

/** A family as the role may see it: members, and the criteria that are met with the rows that show it. */
export const readFamily = async (
  ports: ReadFamiliesPorts,
  { familyId, roles }: { readonly familyId: string; readonly roles: readonly Role[] },
): Promise<Shown<FamilyView>> => {
  const { family, held } = await find(ports, familyId);
  const people = await peopleOf(ports, family);
  const context = {
    roles,
    today: ports.clock.today(),
    addressProtected: [...people.values()].some(({ profile }) => profile.addressProtected),
    restricted: restrictedOf([...people.values()].map(({ profile }) => profile)),
  };
  const determination = held?.determination;
  const view: FamilyView = {
    familyId,
    version: family.version,
    state: family.state,
    ...(family.mergedInto !== undefined && { mergedInto: family.mergedInto }),
    members: family.members.map((member) => memberView(member, people.get(member.personId), context)),
    formerMembers: formerMemberViews(family),
    waitingFor: waitingFor(determination?.outcome, family.checks),
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
        evidence: evidenceView(criterion, context),
      })),
    createdAt: family.createdAt,
    updatedAt: held !== undefined && held.determinedAt > family.updatedAt ? held.determinedAt : family.updatedAt,
  };
  return { view, etag: etagOf(family, held), subjects: [familyId, ...people.keys()] };
};

/** Why a family is what it is determined to be, down to file and row; what the role may not see is said to be withheld. */
export const readEligibility = async (
  ports: ReadFamiliesPorts,
  { familyId, roles }: { readonly familyId: string; readonly roles: readonly Role[] },
): Promise<Shown<EligibilityView>> => {
  const { family, held } = await find(ports, familyId);
  if (!held) throw new Refusal('family-not-found', { about: [familyId] });
  const people = await peopleOf(ports, family);
  const restricted = restrictedOf([...people.values()].map(({ profile }) => profile));
  const { criteria, dependentChild, ...determination } = held.determination;
  const ruleSet = ruleSets.find(({ id, version }) => id === determination.ruleSet.id && version === determination.ruleSet.version);
  const view: EligibilityView = {
    ...determination,
    familyId,
    version: held.version,
    determinedAt: held.determinedAt,
    dependentChild: { ...dependentChild, missing: gapsView(dependentChild.missing, roles) },
    criteria: criteria.map(({ evidence: rows, evidenceCount, missing, valueInHousehold: _, ...criterion }) => {
      const evidence = evidenceView({ evidence: rows, evidenceCount }, { roles, restricted });
      return { ...criterion, wouldChange: wouldChangeView(criterion, evidence), evidence, missing: gapsView(missing, roles) };
    }),
    notAsked: (ruleSet?.notAsked ?? []).map((each) => ({ ...each })),
  };
  return { view, etag: etagOf(family, held), subjects: [familyId, ...family.members.map(({ personId }) => personId)] };
};

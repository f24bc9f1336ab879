import type { EligibilityView, FamilySummaryView, FamilyView } from '../../contracts/http/family-routes.ts';
import { notAnOption } from '../../contracts/http/problems.ts';
import { visibilityOf, type Role, type Visibility } from '../../domain/access/access.ts';
import type { SeenOutcome } from '../../domain/access/limited-determination.ts';
import { everybodyEverIn, familySeen } from '../../domain/families/family.ts';
import type { Clock } from '../clock.ts';
import type { CaseRepository } from '../cases/case-repository.ts';
import { Refusal } from '../refusal.ts';
import type { RulesInForce } from '../rules/rules-in-force.ts';
import { shippedRuleSets } from '../rules/shipped-rule-sets.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';
import { determinationSeen } from './determination-seen.ts';
import type { FamilyRepository, HeldDetermination } from './family-repository.ts';
import { eligibilityView, familyView, isUndecided, summaryView, type HeldFamily, type Shown } from './family-views.ts';
import type { HeldPeople } from './held-people.ts';
import { findProtectedHomes } from './protected-homes.ts';

export interface ReadFamiliesPorts {
  readonly cases: Pick<CaseRepository, 'findHeads'>;
  readonly families: Pick<
    FamilyRepository,
    'findFamilies' | 'findDeterminations' | 'listSummaries' | 'findVersions' | 'listVersions' | 'findInputs'
  >;
  readonly people: Pick<HeldPeople, 'readPeople' | 'readKeys'>;
  readonly rules: Pick<RulesInForce, 'named' | 'on'>;
  readonly clock: Clock;
}

export interface Asked {
  readonly familyId: string;
  readonly roles: readonly Role[];
}

interface ListAsked extends PageRequest {
  readonly roles: readonly Role[];
  readonly eligibility?: SeenOutcome | undefined;
  readonly heading?: string | undefined;
}

export const listFamilies = async (
  ports: Pick<ReadFamiliesPorts, 'families' | 'cases' | 'rules' | 'clock'>,
  { roles, eligibility, heading, ...page }: ListAsked,
): Promise<Page<FamilySummaryView>> => {
  if (heading !== undefined) await requireHeading(ports, heading);
  const { families, cases } = ports;
  const visibility = visibilityOf(roles);
  const { items, ...rest } = await families.listSummaries({ visibility, outcome: eligibility, heading }, page);
  const heads = new Map((await cases.findHeads(items.map(({ familyId }) => familyId))).map((head) => [head.familyId, head]));
  return { items: items.map((item) => summaryView(item, isUndecided(heads.get(item.familyId), visibility))), ...rest };
};

/** Of the rules in force today or of any generation of the programme: families may still be held against rules of before. */
const requireHeading = async ({ rules, clock }: Pick<ReadFamiliesPorts, 'rules' | 'clock'>, heading: string): Promise<void> => {
  const inForce = await rules.on(clock.today());
  const known = new Set([inForce, ...shippedRuleSets].flatMap(({ ruleSet }) => ruleSet.headings.map(({ id }) => id)));
  if (known.has(heading)) return;
  throw new Refusal('invalid-request', { errors: [{ pointer: '/query/heading', ...notAnOption([...known]) }] });
};

const noSuchFamily = (familyId: string): Refusal => new Refusal('family-not-found', { about: [familyId] });

/** The criteria of the plan that nobody asks, of the rules that the determination is by. */
export const notAskedOf = async (
  { rules }: Pick<ReadFamiliesPorts, 'rules'>,
  held: HeldDetermination | undefined,
  visibility: Visibility,
): Promise<HeldFamily['notAsked']> => {
  const seen = held && determinationSeen(held, visibility);
  const then = seen && (await rules.named(seen.determination.ruleSet));
  return then?.ruleSet.notAsked ?? [];
};

/** A family that the reader may not know of is answered like one that there is not, and as fast. */
export const findFamily = async (ports: ReadFamiliesPorts, { familyId, roles }: Asked): Promise<HeldFamily> => {
  const { families, cases, people } = ports;
  const [[family], [held], [head]] = await Promise.all([
    families.findFamilies([familyId]),
    families.findDeterminations([familyId]),
    cases.findHeads([familyId]),
  ]);
  if (!family || familySeen(family, visibilityOf(roles)) === undefined) throw noSuchFamily(familyId);
  const everybody = await people.readPeople(everybodyEverIn(family));
  const protectedHomes = await findProtectedHomes(
    people,
    everybody.map(({ profile }) => profile),
  );
  const notAsked = await notAskedOf(ports, held, visibilityOf(roles));
  return { family, held, head, notAsked, people: new Map(everybody.map((person) => [person.profile.personId, person])), protectedHomes };
};

const show = async <View>(
  ports: ReadFamiliesPorts,
  asked: Asked,
  view: (family: HeldFamily, reader: { roles: readonly Role[]; today: string }) => Shown<View> | undefined,
): Promise<Shown<View>> => {
  const shown = view(await findFamily(ports, asked), { roles: asked.roles, today: ports.clock.today() });
  if (shown === undefined) throw noSuchFamily(asked.familyId);
  return shown;
};

/** A family as the role may know it: members, and the criteria that are met with the rows that show it. */
export const readFamily = (ports: ReadFamiliesPorts, asked: Asked): Promise<Shown<FamilyView>> => show(ports, asked, familyView);

/** Why a family is what it is determined to be, down to file and row, as far as the role may know. */
export const readEligibility = (ports: ReadFamiliesPorts, asked: Asked): Promise<Shown<EligibilityView>> =>
  show(ports, asked, eligibilityView);

import { isWithin, type Visibility } from '../../domain/access/access.ts';
import type { CoveredPeriod } from '../../domain/eligibility/family-evidence.ts';
import type { RuleSet } from '../../domain/eligibility/rule-set.ts';
import { buildFamilies, type BuiltFamily } from '../../domain/families/build-families.ts';
import {
  continueFamilies,
  endedFamily,
  hasChanged,
  mergedFamily,
  nextFamily,
  type FamilyStep,
} from '../../domain/families/continue-families.ts';
import { everybodyIn, isCurrent, type Family } from '../../domain/families/family.ts';
import { withLimited, type WholeStep } from '../../domain/families/limited-families.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { determineFamily, familyExpiresOn } from './determine-family.ts';
import type { FamilyChange, HeldDetermination } from './family-repository.ts';
import type { Neighbourhood } from './gather-people.ts';
import { limitedFamilyPeople } from './limited-people.ts';
import { asNextVersion, asNoted, isOverAlready, notedDetermination, withNote, type FamilyNotes } from './restore-families.ts';
import { toFamilyPerson, type Person } from './to-family-person.ts';

/** Everything that decides what becomes of some families. */
export interface Situation {
  /** People of whom something new is known. */
  readonly touched: ReadonlySet<string>;
  readonly neighbourhood: Neighbourhood;
  /** The families that these people belong to so far, or belong to again, all of whose residents are in the neighbourhood. */
  readonly families: readonly Family[];
  /** What these families are determined to be. */
  readonly held: readonly HeldDetermination[];
  readonly notes: FamilyNotes;
  /** The rules in force today. */
  readonly ruleSet: RuleSet;
  readonly coverage: readonly CoveredPeriod[];
  /** Day of a family's newest whole-family assessment, as far as a reader may know of it. */
  readonly assessedOn: (family: Family, visibility: Visibility) => string | undefined;
  readonly hash: KeyedHash;
  readonly now: string;
  readonly today: string;
}

/** What has to be written about these families. Pure, but for the ids of new ones. */
export const decideChanges = (situation: Situation, newId: () => string): readonly FamilyChange[] => {
  const { touched, neighbourhood, notes, ruleSet, coverage, now, today } = situation;
  const held = new Map(situation.held.map((each) => [each.familyId, each]));
  return stepsOf(situation, newId).flatMap(({ before, next }): FamilyChange[] => {
    const heldBefore = held.get(next.familyId);
    const changed = hasChanged(before, next);
    const family = changed || before === undefined ? next : before;
    const expiresOn = familyExpiresOn(isCurrent(family) || before === undefined ? family : before, neighbourhood.people, today);
    if (!isCurrent(family)) return [{ before, next: family, expiresOn, ...(heldBefore && { withdrawn: heldBefore }) }];
    if (!changed && heldBefore !== undefined && !everybodyIn(family).some((personId) => touched.has(personId))) return [];
    const noted = notedDetermination(notes, family.familyId, heldBefore);
    const evaluated = determineFamily(family, neighbourhood.people, {
      ruleSet,
      coverage,
      before: noted ?? heldBefore,
      today,
      now,
      assessedOn: (visibility) => situation.assessedOn(family, visibility),
    });
    const determined = noted === undefined ? evaluated : asNextVersion(evaluated, noted, heldBefore);
    return [
      {
        before,
        next: family,
        expiresOn,
        ...((determined.isNew || changed) && {
          determined: { before: heldBefore, held: determined.held, summaries: determined.summaries, evidence: determined.evidence },
        }),
      },
    ];
  });
};

const stepsOf = ({ neighbourhood, families, notes, hash, now, today }: Situation, newId: () => string): readonly WholeStep[] => {
  const { people, crowded, protectedHomes, edge } = neighbourhood;
  const isInside = (built: BuiltFamily): boolean => !built.members.some(({ personId }) => edge.has(personId));
  // Somebody whose rows have all gone to another person is nobody's family.
  const present = [...people.values()].filter(({ profile }) => profile.recordCount > 0);
  const everybody = present.map((person) => toFamilyPerson(person, protectedHomes));
  const built = buildFamilies(everybody, { asAt: today, crowded }).filter(isInside);
  const inAFamily = new Set(built.flatMap(({ members }) => members.map(({ personId }) => personId)));
  const current = new Map(families.map((family) => [family.familyId, family]));
  const from = asNoted(notes, families, inAFamily);
  const steps = continueFamilies(from, built).flatMap((step): WholeStep[] => {
    const { before, next } = toStep(step, { people, now, today, newId });
    return isOverAlready(step, before && current.get(before.familyId)) ? [] : [{ before, next: withNote(notes, next) }];
  });
  const asHeld = ({ next }: WholeStep): WholeStep => ({ before: current.get(next.familyId), next });
  const isAllStandard = present.every(({ records }) => records.every(({ accessClass }) => isWithin('limited', accessClass)));
  const isChecked = steps.some(({ before: was, next }) => [was, next].some((family) => family?.checks.includes('identity-check')));
  if (isAllStandard && !isChecked && [...families, ...from].every(({ limited }) => limited === undefined)) return steps.map(asHeld);
  // All records have joined these to others, or ended them; to those of the standard class they are families still.
  const isStepped = new Set(steps.map(({ next }) => next.familyId));
  const onlyLimited = from.flatMap((family): WholeStep[] => {
    const held = current.get(family.familyId);
    if (held === undefined || isStepped.has(family.familyId) || !(isCurrent(family) || isCurrent(held))) return [];
    return [{ before: withViewOf(held, family), next: held }];
  });
  const builtLimited = buildFamilies(limitedFamilyPeople(neighbourhood, hash, today), { asAt: today, crowded }).filter(isInside);
  return withLimited([...steps, ...onlyLimited], builtLimited, {
    at: now,
    on: today,
    newId,
  }).map(asHeld);
};

/** A family with what the records of the standard class show of another. */
const withViewOf = (family: Family, other: Family): Family => {
  const { limited, familyId: _, ...whole } = other;
  return { ...family, limited: limited ?? whole };
};

const hasConflict =
  (people: ReadonlyMap<string, Person>) =>
  ({ members }: BuiltFamily): boolean =>
    members.some(({ personId }) => (people.get(personId)?.profile.reviews.length ?? 0) > 0);

const toStep = (
  step: FamilyStep,
  { people, now, today, newId }: { people: ReadonlyMap<string, Person>; now: string; today: string; newId: () => string },
): WholeStep => {
  const times = { at: now, on: today };
  const identityConflict = hasConflict(people);
  switch (step.kind) {
    case 'found': {
      const own = { ...times, familyId: newId(), identityConflict: identityConflict(step.built), partOf: step.partOf };
      return { before: undefined, next: nextFamily(undefined, step.built, own) };
    }
    case 'go-on': {
      const { before, built, absorbed, others } = step;
      const own = { ...times, familyId: before.familyId, identityConflict: identityConflict(built), absorbed, others };
      return { before, next: nextFamily(before, built, own) };
    }
    case 'merge':
      return { before: step.before, next: mergedFamily(step.before, step.into, times) };
    case 'end':
      return { before: step.before, next: endedFamily(step.before, times) };
  }
};

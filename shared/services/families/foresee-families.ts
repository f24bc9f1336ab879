import { changeOf, counted, noChanges, whetherEligible } from '../../domain/eligibility/what-if/count-changes.ts';
import type { CoveredPeriod } from '../../domain/eligibility/family-evidence.ts';
import { everybodyIn } from '../../domain/families/family.ts';
import { groupsOf } from '../../domain/groups-of.ts';
import { coveredPeriod, withCoveredPeriod } from '../../domain/people/merge-coverage.ts';
import type { Foreseen, ForeseenStore } from '../weighing/foreseen.ts';
import type { FamiliesEffects } from '../weighing/weigh-ports.ts';
import type { FamiliesEffect } from '../weighing/weighing.ts';
import { decideFamilies, mostPeopleAtOnce, type AssessPorts } from './assess-people.ts';
import type { FamilyChange, HeldDetermination } from './family-repository.ts';
import { foreseenPeople } from './foreseen-people.ts';

export interface ForeseeFamiliesPorts {
  readonly foreseen: ForeseenStore;
  readonly weighings: FamiliesEffects;
}

/**
 * What a file that waits for a person would change about families: they are built and held against the rules by the very code that
 * does it once the file is taken in, over what its rows would write. Nothing is kept but the counts, beside what the file weighs.
 */
export const foreseeFamilies = async (ports: AssessPorts & ForeseeFamiliesPorts, uploadId: string): Promise<void> => {
  const foreseen = await ports.foreseen.findForeseen(uploadId);
  if (foreseen === undefined) return;
  await ports.weighings.noteFamilies(uploadId, await effectOf(ports, foreseen));
  await ports.foreseen.removeForeseen(uploadId);
};

const effectOf = async (ports: AssessPorts, foreseen: Foreseen): Promise<FamiliesEffect> => {
  const { people, coverage, rules, clock } = ports;
  const covered = withFile(await coverage.readCoverage(), foreseen);
  const asForeseen: AssessPorts = {
    ...ports,
    people: foreseenPeople(people, foreseen),
    coverage: { ...coverage, readCoverage: () => Promise.resolve(covered) },
  };
  const inForce = await rules.on(clock.today());
  const touched = foreseen.profiles.map(({ personId }) => personId);
  const seen = new Map<string, { readonly change: FamilyChange; readonly held: HeldDetermination | undefined }>();
  for (const some of groupsOf(touched, mostPeopleAtOnce)) {
    const { changes, held } = await decideFamilies(asForeseen, some, new Map(), inForce);
    const byId = new Map(held.map((each) => [each.familyId, each]));
    for (const change of changes) seen.set(nameOf(change), { change, held: byId.get(change.next.familyId) });
  }
  return [...seen.values()].reduce<FamiliesEffect>(
    ({ families, founded, eligible }, { change, held }) => ({
      families: families + 1,
      founded: founded + (change.before === undefined ? 1 : 0),
      eligible: counted(eligible, changeOf(whetherEligible(held?.determination), whetherEligible(determinationOf(change, held)))),
    }),
    { families: 0, founded: 0, eligible: noChanges },
  );
};

/** A family that would be founded has no id yet that means anything; it is the same one wherever it holds the same people. */
const nameOf = ({ before, next }: FamilyChange): string => before?.familyId ?? everybodyIn(next).toSorted().join(' ');

const withFile = (covered: readonly CoveredPeriod[], { file }: Foreseen): readonly CoveredPeriod[] => {
  const isOfFeed = ({ agency, feed }: { readonly agency: string; readonly feed: string }): boolean =>
    agency === file.agency && feed === file.feed;
  return [...covered.filter((period) => !isOfFeed(period)), ...withCoveredPeriod(covered.filter(isOfFeed), coveredPeriod(file))];
};

/** One that ends, or joins another, is determined no more. */
const determinationOf = ({ determined, withdrawn }: FamilyChange, held: HeldDetermination | undefined) =>
  withdrawn === undefined ? (determined?.held ?? held)?.determination : undefined;

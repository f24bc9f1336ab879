import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import type { CoveredPeriod } from '../../domain/eligibility/family-evidence.ts';
import { everybodyIn, isCurrent, type Family } from '../../domain/families/family.ts';
import { isProlongingDue } from '../../domain/people/record-retention.ts';
import { coverageMark, determineFamily, familyExpiresOn } from './determine-family.ts';
import type { FamilySummary } from './family-repository.ts';
import type { HeldPerson } from './held-people.ts';
import { inParallel } from './in-parallel.ts';
import type { AssessPorts } from './assess-people.ts';

type CoverageMessage = Extract<AssessMessage, { kind: 'coverage' }>;

export interface CoveragePass {
  readonly families: number;
  readonly written: number;
  /** Where the next worker goes on; absent at the end, and where newer files have started a pass of their own. */
  readonly next?: CoverageMessage;
  readonly overtaken: boolean;
}

const pageSize = 50;

/**
 * Files came: what was open about a family may now be answered. Goes through the families page by page while there is
 * time, and determines anew those that a feed was open for of which more has come since. A pass that a newer one follows
 * stops: the newer one looks at the same families.
 */
export const assessCoverage = async (ports: AssessPorts, message: CoverageMessage, hasTime: () => boolean): Promise<CoveragePass> => {
  let { cursor } = message;
  let [families, written] = [0, 0];
  for (;;) {
    if ((await ports.coverage.readEpoch()) > message.epoch) return { families, written, overtaken: true };
    const coverage = await ports.coverage.readCoverage();
    const page = await ports.families.listSummaries({}, { limit: pageSize, cursor });
    const concerned = page.items.filter((summary) => isConcerned(summary, coverage));
    families += concerned.length;
    written += await determineAnew(
      ports,
      concerned.map(({ familyId }) => familyId),
      coverage,
    );
    ({ cursor } = page);
    if (cursor === undefined) return { families, written, overtaken: false };
    if (!hasTime()) return { families, written, overtaken: false, next: { kind: 'coverage', epoch: message.epoch, cursor } };
  }
};

const isConcerned = ({ open }: FamilySummary, coverage: readonly CoveredPeriod[]): boolean =>
  Object.entries(open ?? {}).some(([feed, mark]) => coverageMark(feed, coverage) !== mark);

/** Holds families against the rules of the day as they stand. Gives how many answers have changed. */
export const determineAnew = async (ports: AssessPorts, ids: readonly string[], coverage: readonly CoveredPeriod[]): Promise<number> => {
  const { families, people, transactions, clock } = ports;
  const [held, before] = await Promise.all([families.findFamilies(ids), families.findDeterminations(ids)]);
  const current = held.filter(isCurrent);
  const members = await people.readPeople(current.flatMap(everybodyIn));
  const known = new Map(members.map((person) => [person.profile.personId, person]));
  const results = await inParallel(current, async (family): Promise<number> => {
    const heldBefore = before.find(({ familyId }) => familyId === family.familyId);
    const determined = determineFamily(family, known, { coverage, before: heldBefore, today: clock.today(), now: clock.now() });
    const expiresOn = familyExpiresOn(family, known, clock.today());
    const kept = { expiresOn, prolong: isProlongingDue(boundUntil(family, known), expiresOn) };
    const fragment = families.determinationFragment(family, { before: heldBefore, ...determined }, kept);
    // Who was quicker has read the same coverage, or a newer one.
    const { ok } = await transactions.commit([fragment]);
    return ok && determined.isNew ? 1 : 0;
  });
  return results.reduce((sum, each) => sum + each, 0);
};

/** When the first of what holds a family together comes to its end. Whatever else there is of it was written then or later. */
const boundUntil = (family: Family, people: ReadonlyMap<string, HeldPerson>): string =>
  everybodyIn(family)
    .flatMap((personId) => people.get(personId)?.boundUntil.get(family.familyId) ?? [])
    .reduce((first, expiresOn) => (expiresOn < first ? expiresOn : first), '9999-12-31');

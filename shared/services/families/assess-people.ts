import { buildFamilies, type BuiltFamily } from '../../domain/families/build-families.ts';
import {
  continueFamilies,
  endedFamily,
  hasChanged,
  mergedFamily,
  nextFamily,
  type FamilyStep,
} from '../../domain/families/continue-families.ts';
import type { Family } from '../../domain/families/family.ts';
import type { CoverageStore } from '../ingest/record-store.ts';
import type { Clock } from '../clock.ts';
import type { Transactions } from '../transaction-fragment.ts';
import { determineFamily, familyExpiresOn } from './determine-family.ts';
import type { FamilyChange, FamilyRepository } from './family-repository.ts';
import { gatherPeople, type Neighbourhood } from './gather-people.ts';
import { groupChanges } from './group-changes.ts';
import type { HeldPeople } from './held-people.ts';
import { inParallel } from './in-parallel.ts';
import { asNextVersion, asNoted, isOverAlready, notedDetermination, revivable, withNote, type FamilyNotes } from './restore-families.ts';
import { toFamilyPerson } from './to-family-person.ts';

export interface AssessPorts {
  readonly people: HeldPeople;
  readonly families: FamilyRepository;
  readonly coverage: Pick<CoverageStore, 'readCoverage' | 'readEpoch'>;
  readonly transactions: Transactions;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Other workers were at the same families, time and again; the message comes back. */
class FamiliesBusy extends Error {
  constructor() {
    super('The families kept changing while they were being assessed.');
    this.name = 'FamiliesBusy';
  }
}

export interface Assessed {
  /** Families looked at. */
  readonly families: number;
  /** Families, or their determinations, written. */
  readonly written: number;
  /** Times that another worker had been quicker. */
  readonly conflicts: number;
}

const mostAttempts = 6;

/**
 * Builds anew the families of these people and holds them against the rules. Reads, decides, writes each family (or the
 * families between which people move) in one transaction; whatever another worker changed meanwhile is read and decided
 * again. Doing it twice writes nothing the second time. `notes`: families as they were before a judgement that was undone.
 */
export const assessPeople = async (ports: AssessPorts, personIds: readonly string[], notes: FamilyNotes = new Map()): Promise<Assessed> => {
  let touched: readonly string[] = [...new Set(personIds)];
  let [families, written, conflicts] = [0, 0, 0];
  for (let attempt = 1; touched.length > 0; attempt++) {
    if (attempt > mostAttempts) throw new FamiliesBusy();
    const epoch = await ports.coverage.readEpoch();
    const changes = await decideChanges(ports, touched, notes);
    const groups = groupChanges(changes);
    families = Math.max(families, changes.length);
    const again = await inParallel(groups, async (group): Promise<readonly string[]> => {
      const writes = group.filter(
        ({ determined, next, before, withdrawn }) => determined !== undefined || withdrawn !== undefined || hasChanged(before, next),
      );
      if (writes.length === 0) return [];
      for (const fragments of batches(ports, writes)) {
        const { ok } = await ports.transactions.commit(fragments);
        if (!ok) {
          conflicts += 1;
          return peopleOf(group);
        }
      }
      written += writes.length;
      return [];
    });
    touched = again.flat();
    // Files completed while we decided: what they cover may answer what we left open.
    if (touched.length === 0 && attempt < mostAttempts && (await ports.coverage.readEpoch()) !== epoch) touched = personIds;
  }
  return { families, written, conflicts };
};

/** All in one transaction; of a group too large for that, family by family. */
const batches = ({ families, transactions }: AssessPorts, changes: readonly FamilyChange[]) => {
  const together = [families.changeFragment(changes)];
  if (transactions.size(together) <= 100 || changes.length === 1) return [together];
  return changes.map((change) => [families.changeFragment([change], changes)]);
};

const peopleOf = (changes: readonly FamilyChange[]): readonly string[] =>
  changes.flatMap(({ before, next }) => [...(before?.members ?? []), ...next.members].map(({ personId }) => personId));

const decideChanges = async (ports: AssessPorts, touched: readonly string[], notes: FamilyNotes): Promise<readonly FamilyChange[]> => {
  const { families, coverage, clock } = ports;
  const [neighbourhood, covered] = await Promise.all([gatherPeople(ports, touched), coverage.readCoverage()]);
  const today = clock.today();
  const now = clock.now();
  // Somebody whose rows have all gone to another person is nobody's family.
  const present = [...neighbourhood.people.values()].filter(({ profile }) => profile.recordCount > 0);
  const everybody = present.map((person) => toFamilyPerson(person, neighbourhood.protectedHomes));
  const built = buildFamilies(everybody, {
    asAt: today,
    crowded: neighbourhood.crowded,
  }).filter((family) => !family.members.some(({ personId }) => neighbourhood.edge.has(personId)));
  const before = await families.findFamilies([...new Set([...neighbourhood.people.values()].flatMap(({ familyIds }) => familyIds))]);
  const inner = before.filter(({ members }) =>
    members.every(({ personId, lives }) => lives === 'elsewhere' || neighbourhood.people.has(personId)),
  );
  const gone = [...notes.keys()].filter((familyId) => !inner.some((family) => family.familyId === familyId));
  const isAtHand = (personId: string): boolean => neighbourhood.people.has(personId);
  const current = new Map(
    [...inner, ...revivable(notes, await families.findFamilies(gone), isAtHand)].map((each) => [each.familyId, each]),
  );
  const people = new Set(built.flatMap(({ members }) => members.map(({ personId }) => personId)));
  const steps = continueFamilies(asNoted(notes, [...current.values()], people), built);
  const held = new Map((await families.findDeterminations([...current.keys()])).map((each) => [each.familyId, each]));
  const isTouched = new Set(touched);
  return steps.flatMap((step): FamilyChange[] => {
    const decided = toChange(step, { neighbourhood, now, today, newId: ports.newId });
    const before = decided.before && current.get(decided.before.familyId);
    if (isOverAlready(step, before)) return [];
    const change = { before, next: withNote(notes, decided.next) };
    const { next } = change;
    const heldBefore = held.get(next.familyId);
    const expiresOn = familyExpiresOn(next.state === 'current' ? next : (change.before ?? next), neighbourhood.people, today);
    if (next.state !== 'current') return [{ ...change, expiresOn, withdrawn: heldBefore }];
    const changed = hasChanged(change.before, next);
    if (!changed && heldBefore !== undefined && !next.members.some(({ personId }) => isTouched.has(personId))) return [];
    const family = changed || change.before === undefined ? next : change.before;
    const noted = notedDetermination(notes, family.familyId, heldBefore);
    const evaluated = determineFamily(family, neighbourhood.people, { coverage: covered, before: noted ?? heldBefore, today, now });
    const determined = noted === undefined ? evaluated : asNextVersion(evaluated, noted, heldBefore);
    return [
      {
        before: change.before,
        next: family,
        expiresOn,
        ...((determined.isNew || changed) && { determined: { before: heldBefore, held: determined.held, summary: determined.summary } }),
      },
    ];
  });
};

const toChange = (
  step: FamilyStep,
  { neighbourhood, now, today, newId }: { neighbourhood: Neighbourhood; now: string; today: string; newId: () => string },
): { readonly before: Family | undefined; readonly next: Family } => {
  const identityConflict = (built: BuiltFamily): boolean =>
    built.members.some(({ personId }) => (neighbourhood.people.get(personId)?.profile.reviews.length ?? 0) > 0);
  const times = { at: now, on: today };
  switch (step.kind) {
    case 'found':
      return {
        before: undefined,
        next: nextFamily(undefined, step.built, { ...times, familyId: newId(), identityConflict: identityConflict(step.built) }),
      };
    case 'go-on': {
      const { before, built } = step;
      return {
        before,
        next: nextFamily(before, built, { ...times, familyId: before.familyId, identityConflict: identityConflict(built) }),
      };
    }
    case 'merge':
      return { before: step.before, next: mergedFamily(step.before, step.into, times) };
    case 'end':
      return { before: step.before, next: endedFamily(step.before, times) };
  }
};

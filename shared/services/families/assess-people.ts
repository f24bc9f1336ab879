import { hasChanged } from '../../domain/families/continue-families.ts';
import { everybodyIn, residentsOf } from '../../domain/families/family.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { Clock } from '../clock.ts';
import type { CoverageStore } from '../ingest/record-store.ts';
import type { HashedRuleSet } from '../rules/rule-set-repository.ts';
import type { RulesInForce } from '../rules/rules-in-force.ts';
import { assessedOn, caseFragments, headsOf, type FollowPorts } from '../cases/follow-families.ts';
import type { TransactionFragment, Transactions } from '../transaction-fragment.ts';
import { decideChanges, type Situation } from './decide-changes.ts';
import type { FamilyChange, FamilyRepository } from './family-repository.ts';
import { gatherPeople } from './gather-people.ts';
import { groupChanges } from './group-changes.ts';
import type { HeldPeople } from './held-people.ts';
import { inParallel } from '../in-parallel.ts';
import { withInputsKept } from './keep-inputs.ts';
import { sealer, type Sealing } from './sealer.ts';
import { revivable, type FamilyNotes } from './restore-families.ts';

export interface AssessPorts {
  readonly people: HeldPeople;
  readonly families: FamilyRepository;
  readonly cases: FollowPorts;
  readonly coverage: Pick<CoverageStore, 'readCoverage' | 'readEpoch'>;
  readonly rules: Pick<RulesInForce, 'on'>;
  readonly sealing: Sealing;
  readonly transactions: Transactions;
  readonly hash: KeyedHash;
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

/** Assessed in one go; they are read together with everybody who may be of a family with them: some three times as many. */
export const mostPeopleAtOnce = 400;

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
    const [epoch, rules] = await standardOf(ports);
    const changes = await decide(ports, touched, notes, rules);
    const groups = groupChanges(changes);
    families = Math.max(families, changes.length);
    const again = await inParallel(groups, async (group): Promise<readonly string[]> => {
      const writes = group.filter(
        ({ determined, next, before, withdrawn }) => determined !== undefined || withdrawn !== undefined || hasChanged(before, next),
      );
      if (writes.length === 0) return [];
      const followed = writes.map(({ next, determined, expiresOn }) => ({ next, held: determined?.held, expiresOn }));
      const cases = await caseFragments(ports.cases, followed);
      for (const fragments of batches(ports, writes, cases)) {
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
    // Files completed while we decided, and may answer what we left open; or other rules were approved.
    if (touched.length > 0 || attempt === mostAttempts) continue;
    const [epochNow, rulesNow] = await standardOf(ports);
    if (epochNow !== epoch || rulesNow.sha256 !== rules.sha256) touched = personIds;
  }
  return { families, written, conflicts };
};

/** What families are held against, as far as it can change while they are. */
const standardOf = ({ coverage, rules, clock }: AssessPorts): Promise<readonly [number, HashedRuleSet]> =>
  Promise.all([coverage.readEpoch(), rules.on(clock.today())]);

/** All in one transaction; of a group too large for that, family by family. */
const batches = (
  { families, transactions }: AssessPorts,
  changes: readonly FamilyChange[],
  cases: ReadonlyMap<string, TransactionFragment>,
): readonly (readonly TransactionFragment[])[] => {
  const together = [families.changeFragment(changes), ...cases.values()];
  if (transactions.size(together) <= 100 || changes.length === 1) return [together];
  return changes.map((change) => {
    const own = cases.get(change.next.familyId);
    return [families.changeFragment([change], changes), ...(own ? [own] : [])];
  });
};

const peopleOf = (changes: readonly FamilyChange[]): readonly string[] =>
  changes.flatMap(({ before, next }) => [...(before ? everybodyIn(before) : []), ...everybodyIn(next)]);

/** What is to be written about the families of these people, and what these are determined to be so far. Writes nothing. */
export const decideFamilies = async (
  ports: AssessPorts,
  touched: readonly string[],
  notes: FamilyNotes,
  { ruleSet }: HashedRuleSet,
): Promise<{ readonly changes: readonly FamilyChange[]; readonly held: Situation['held']; readonly coverage: Situation['coverage'] }> => {
  const { families, coverage, clock } = ports;
  const [neighbourhood, covered] = await Promise.all([gatherPeople(ports, touched), coverage.readCoverage()]);
  const isAtHand = (personId: string): boolean => neighbourhood.people.has(personId);
  const belongedTo = await families.findFamilies([...new Set([...neighbourhood.people.values()].flatMap(({ familyIds }) => familyIds))]);
  const inner = belongedTo.filter((family) => residentsOf(family).every(isAtHand));
  const gone = [...notes.keys()].filter((familyId) => !inner.some((family) => family.familyId === familyId));
  const all = [...inner, ...revivable(notes, await families.findFamilies(gone), isAtHand)];
  const heads = await headsOf(ports.cases, all);
  const situation: Situation = {
    touched: new Set(touched),
    neighbourhood,
    families: all,
    held: await families.findDeterminations(all.map(({ familyId }) => familyId)),
    notes,
    ruleSet,
    coverage: covered,
    assessedOn: (family, visibility) => assessedOn(heads, family, visibility),
    hash: ports.hash,
    now: clock.now(),
    today: clock.today(),
  };
  return { changes: decideChanges(situation, ports.newId), held: situation.held, coverage: covered };
};

const decide = async (
  ports: AssessPorts,
  touched: readonly string[],
  notes: FamilyNotes,
  rules: HashedRuleSet,
): Promise<readonly FamilyChange[]> => {
  const { changes, coverage } = await decideFamilies(ports, touched, notes, rules);
  const seal = await sealer(ports.sealing, { ...rules, coverage });
  return inParallel(changes, async (change): Promise<FamilyChange> =>
    change.determined === undefined ? change : { ...change, determined: await withInputsKept(ports.families, seal(change.determined)) },
  );
};

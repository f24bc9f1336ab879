import type { AssessMessage } from '../../contracts/events/assess-message.ts';
import { ruleSetName } from '../../domain/eligibility/rule-set.ts';
import { everybodyIn, isCurrent, type Family } from '../../domain/families/family.ts';
import { isProlongingDue } from '../../domain/people/record-retention.ts';
import { assessedOn, caseFragments, headsOf } from '../cases/follow-families.ts';
import { coverageMark, determineFamily, familyExpiresOn, type Day } from './determine-family.ts';
import type { HashedRuleSet } from '../rules/rule-set-repository.ts';
import type { FamilySummary } from './family-repository.ts';
import type { HeldPerson } from './held-people.ts';
import { withInputsKept } from './keep-inputs.ts';
import { sealer } from './sealer.ts';
import { inParallel } from '../in-parallel.ts';
import type { AssessPorts } from './assess-people.ts';

type PassMessage = Extract<AssessMessage, { kind: 'coverage' | 'rules' }>;

export interface FamiliesPass<Message> {
  readonly families: number;
  readonly written: number;
  /** Where the next worker goes on; absent at the end, and where newer files have started a pass of their own. */
  readonly next?: Message;
  readonly overtaken: boolean;
}

const pageSize = 50;

type Standard = Pick<Day, 'coverage' | 'ruleSet'> & HashedRuleSet;

/**
 * Goes through the families page by page while there is time, and determines anew those that are concerned: first the lists of all
 * records, then those of standard records, since some families only these show (ADR 21). A pass that a newer one follows stops: the
 * newer one looks at the same families.
 */
const passFamilies = async <Message extends PassMessage>(
  ports: AssessPorts,
  message: Message,
  {
    hasTime,
    isOvertaken,
    isConcerned,
  }: {
    readonly hasTime: () => boolean;
    readonly isOvertaken: () => Promise<boolean>;
    readonly isConcerned: (summary: FamilySummary, standard: Standard) => boolean;
  },
): Promise<FamiliesPass<Message>> => {
  let { cursor, visibility = 'whole' } = message;
  let [families, written] = [0, 0];
  for (;;) {
    if (await isOvertaken()) return { families, written, overtaken: true };
    const standard = await readStandard(ports);
    const page = await ports.families.listSummaries({ visibility }, { limit: pageSize, cursor });
    const concerned = page.items.filter((summary) => isConcerned(summary, standard));
    families += concerned.length;
    written += await determineAnew(
      ports,
      concerned.map(({ familyId }) => familyId),
      standard,
    );
    ({ cursor } = page);
    if (cursor === undefined) {
      if (visibility === 'limited') return { families, written, overtaken: false };
      visibility = 'limited';
    }
    if (!hasTime()) return { families, written, overtaken: false, next: { ...message, cursor, visibility } };
  }
};

/** Coverage and rules as they are now. */
export const readStandard = async ({ coverage, rules, clock }: AssessPorts): Promise<Standard> => {
  const [covered, inForce] = await Promise.all([coverage.readCoverage(), rules.on(clock.today())]);
  return { coverage: covered, ...inForce };
};

type CoverageMessage = Extract<AssessMessage, { kind: 'coverage' }>;

/** Files came: looks again at the families that a feed was open for of which more has come since. */
export const assessCoverage = (
  ports: AssessPorts,
  message: CoverageMessage,
  hasTime: () => boolean,
): Promise<FamiliesPass<CoverageMessage>> =>
  passFamilies(ports, message, {
    hasTime,
    isOvertaken: async () => (await ports.coverage.readEpoch()) > message.epoch,
    isConcerned: ({ open }, { coverage }) => Object.entries(open ?? {}).some(([feed, mark]) => coverageMark(feed, coverage) !== mark),
  });

type RulesMessage = Extract<AssessMessage, { kind: 'rules' }>;

/**
 * Other rules are in force: looks again at every family whose determination is one of other rules. Doing it twice finds none, so a
 * family that stands in both lists is looked at once.
 */
export const assessRules = (ports: AssessPorts, message: RulesMessage, hasTime: () => boolean): Promise<FamiliesPass<RulesMessage>> =>
  passFamilies(ports, message, {
    hasTime,
    isOvertaken: () => Promise.resolve(false),
    isConcerned: ({ ruleSet }, standard) => {
      const { id, version } = ruleSetName(standard.ruleSet);
      return ruleSet.id !== id || ruleSet.version !== version;
    },
  });

const mostAttempts = 3;

/** Holds families against the rules of the day as they stand. Gives how many answers have changed. */
export const determineAnew = async (ports: AssessPorts, ids: readonly string[], standard: Standard, attempt = 1): Promise<number> => {
  if (ids.length === 0) return 0;
  const { families, people, transactions, clock } = ports;
  const [held, before] = await Promise.all([families.findFamilies(ids), families.findDeterminations(ids)]);
  const current = held.filter(isCurrent);
  const members = await people.readPeople(current.flatMap(everybodyIn));
  const known = new Map(members.map((person) => [person.profile.personId, person]));
  const heads = await headsOf(ports.cases, current);
  const seal = await sealer(ports.sealing, standard);
  const results = await inParallel(current, async (family): Promise<'changed' | 'same' | 'conflict'> => {
    const heldBefore = before.find(({ familyId }) => familyId === family.familyId);
    const determined = determineFamily(family, known, {
      ...standard,
      before: heldBefore,
      today: clock.today(),
      now: clock.now(),
      assessedOn: (visibility) => assessedOn(heads, family, visibility),
    });
    const expiresOn = familyExpiresOn(family, known, clock.today());
    const kept = { expiresOn, prolong: isProlongingDue(boundUntil(family, known), expiresOn) };
    const sealed = seal({ before: heldBefore, ...determined });
    const isWritten = kept.prolong || determined.held.version !== heldBefore?.version;
    const fragment = families.determinationFragment(family, isWritten ? await withInputsKept(families, sealed) : sealed, kept);
    const followed = determined.isNew ? await caseFragments(ports.cases, [{ next: family, held: determined.held, expiresOn }]) : undefined;
    const { ok } = await transactions.commit([fragment, ...(followed?.values() ?? [])]);
    return ok ? (determined.isNew ? 'changed' : 'same') : 'conflict';
  });
  const changed = results.filter((each) => each === 'changed').length;
  // Another worker has read the same coverage or a newer one; somebody who decides about the family has not determined it.
  const again = current.flatMap(({ familyId }, index) => (results[index] === 'conflict' ? [familyId] : []));
  return again.length === 0 || attempt === mostAttempts ? changed : changed + (await determineAnew(ports, again, standard, attempt + 1));
};

/** When the first of what holds a family together comes to its end. Whatever else there is of it was written then or later. */
const boundUntil = (family: Family, people: ReadonlyMap<string, HeldPerson>): string =>
  everybodyIn(family)
    .flatMap((personId) => people.get(personId)?.boundUntil.get(family.familyId) ?? [])
    .reduce((first, expiresOn) => (expiresOn < first ? expiresOn : first), '9999-12-31');

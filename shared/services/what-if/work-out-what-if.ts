import { decideFamily, type FamilyDecision } from '../../domain/eligibility/decide-family.ts';
import type { CriterionValue } from '../../domain/eligibility/determination.ts';
import { prepareRules, type PreparedRules } from '../../domain/eligibility/prepare-rules.ts';
import { usualTerms } from '../../domain/eligibility/term-calendars/usual-terms.ts';
import { changeOf, counted, noChanges, whetherEligible, type Tristate } from '../../domain/eligibility/what-if/count-changes.ts';
import { everybodyIn, familySeen } from '../../domain/families/family.ts';
import { assessedOn, headsOf } from '../cases/follow-families.ts';
import type { AssessPorts } from '../families/assess-people.ts';
import { familyEvidence } from '../families/determine-family.ts';
import type { RulesInForce } from '../rules/rules-in-force.ts';
import type { WhatIf, WhatIfRepository } from './what-if.ts';

export interface WorkOutPorts extends AssessPorts {
  readonly rules: Pick<RulesInForce, 'on' | 'byHash'>;
  readonly whatIfs: WhatIfRepository;
}

/** What one invocation holds in memory, and does before others have their turn: a what-if must not hold up files. */
interface Pace {
  readonly pageSize: number;
  readonly mostPages: number;
}
const usualPace: Pace = { pageSize: 50, mostPages: 20 };

const met: Readonly<Record<CriterionValue, Tristate>> = { met: 'yes', 'not-met': 'no', unknown: 'unknown', 'not-covered': 'unknown' };

const metIn = ({ criteria }: FamilyDecision): ReadonlyMap<string, Tristate> =>
  new Map(criteria.map(({ prepared, value }) => [prepared.criterion.id, met[value]]));

/** One family more. A criterion that one of the two does not ask is not met there. */
const withFamily = (whatIf: WhatIf, was: FamilyDecision, is: FamilyDecision): WhatIf => {
  const [before, after] = [metIn(was), metIn(is)];
  const criteria = { ...whatIf.criteria };
  for (const id of new Set([...before.keys(), ...after.keys()]))
    criteria[id] = counted(criteria[id] ?? noChanges, changeOf(before.get(id) ?? 'no', after.get(id) ?? 'no'));
  return {
    ...whatIf,
    families: whatIf.families + 1,
    eligible: counted(whatIf.eligible, changeOf(whetherEligible(was), whetherEligible(is))),
    criteria,
  };
};

/** A page of families held against both rule sets; nothing about them is written. */
const withPage = async (ports: WorkOutPorts, whatIf: WhatIf, { pageSize }: Pace): Promise<WhatIf> => {
  const { families, people, coverage, rules } = ports;
  const { asAt } = whatIf;
  const [covered, against, draft, page] = await Promise.all([
    coverage.readCoverage(),
    rules.byHash(whatIf.against.sha256),
    rules.byHash(whatIf.draft.sha256),
    families.listSummaries({}, { limit: pageSize, cursor: whatIf.cursor }),
  ]);
  const prepare = ({ ruleSet }: typeof draft): PreparedRules =>
    prepareRules({ asAt, coverage: covered, ruleSet, termCalendar: usualTerms });
  const [rulesNow, rulesThen] = [prepare(against), prepare(draft)];
  const held = await families.findFamilies(page.items.map(({ familyId }) => familyId));
  const members = await people.readPeople([...new Set(held.flatMap(everybodyIn))]);
  const known = new Map(members.map((person) => [person.profile.personId, person]));
  const heads = await headsOf(ports.cases, held);
  const next = held.reduce((counts, family) => {
    const shown = familySeen(family, 'whole');
    if (shown?.state !== 'current') return counts;
    const evidence = familyEvidence(shown, known, { asAt, assessedOn: assessedOn(heads, family, 'whole') });
    return withFamily(counts, decideFamily(evidence, rulesNow), decideFamily(evidence, rulesThen));
  }, whatIf);
  const { cursor: _, ...rest } = next;
  const isOver = page.cursor === undefined;
  return {
    ...rest,
    revision: whatIf.revision + 1,
    ...(isOver ? { state: 'done', finishedAt: ports.clock.now() } : { cursor: page.cursor }),
  };
};

/**
 * Goes on with a what-if, page by page, each noted with the counts so far under the condition of the one before: however often a worker dies,
 * each page is counted once. `time-is-up` where another message has to go on.
 */
export const workOutWhatIf = async (
  ports: WorkOutPorts,
  whatIfId: string,
  hasTime: () => boolean,
  pace: Pace = usualPace,
): Promise<'done' | 'time-is-up'> => {
  for (let pages = 0; ; pages++) {
    const whatIf = await ports.whatIfs.findWhatIf(whatIfId);
    if (whatIf?.state !== 'working') return 'done';
    if (pages === pace.mostPages || (pages > 0 && !hasTime())) return 'time-is-up';
    // Refused where another worker was quicker with this page: the next round reads where it stands.
    await ports.transactions.commit([ports.whatIfs.whatIfFragment(await withPage(ports, whatIf, pace))]);
  }
};

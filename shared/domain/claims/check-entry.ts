import { inWords } from '../calendar/days.ts';
import { isClaimable } from '../eligibility/citation.ts';
import { decideFamily } from '../eligibility/decide-family.ts';
import { prepareRules } from '../eligibility/prepare-rules.ts';
import { isInForce, ruleSetName } from '../eligibility/rule-set.ts';
import type { CheckResult, ClaimCase } from './claim-case.ts';
import { criterionOf } from './needs-to-prove.ts';

export interface Answer {
  readonly result: CheckResult;
  readonly says: string;
  readonly evidence?: readonly string[];
}

const list = (ids: readonly string[]): string => ids.join(', ');

/** 1. */
export const checkRules = ({ basis: { ruleSet }, casework, atEntry }: ClaimCase): Answer => {
  const { id, version } = ruleSetName(ruleSet);
  const isTheOne = atEntry.ruleSet.id === id && atEntry.ruleSet.version === version;
  if (!isTheOne) return { result: 'fail', says: `The family was determined under ${atEntry.ruleSet.title}, not under ${ruleSet.title}.` };
  return isInForce(ruleSet.period, casework.joinedOn)
    ? { result: 'pass', says: `${ruleSet.title} was in force on the day the family joined.`, evidence: [casework.joinedOn] }
    : { result: 'fail', says: `${ruleSet.title} was not in force on ${inWords(casework.joinedOn)}, the day the family joined.` };
};

/** 2. */
export const checkDependentChild = ({ atEntry }: ClaimCase): Answer => {
  const { value, says } = atEntry.dependentChild;
  return { result: value === 'met' ? 'pass' : value === 'not-met' ? 'fail' : 'unknown', says };
};

/**
 * 3. Only needs whose rule is confirmed, the council's own plan or signed off by somebody named count towards a claim. A need that only a
 * parent elsewhere brings in counts as the rule set allows.
 */
export const checkEnoughNeeds = ({ basis: { ruleSet }, casework, atEntry }: ClaimCase): Answer => {
  const met = atEntry.criteria.filter(({ value }) => value === 'met');
  const isSound = (id: string): boolean => {
    const criterion = criterionOf(ruleSet, id, casework.joinedOn);
    return criterion !== undefined && isClaimable(criterion);
  };
  const sound = met.filter(({ criterionId }) => isSound(criterionId));
  const unsigned = met.filter(({ criterionId }) => !isSound(criterionId)).map(({ criterionId }) => criterionId);
  const { entry } = ruleSet;
  const isByNeeds = entry.count === 'needs' && !entry.distinctHeadings;
  const unitsOf = (results: typeof met, inHousehold: boolean): ReadonlySet<string> =>
    new Set(
      results
        .filter(({ valueInHousehold }) => !inHousehold || valueInHousehold === 'met')
        .map(({ criterionId, heading }) => (isByNeeds ? criterionId : heading)),
    );
  const limit = ruleSet.fromParentElsewhere?.atMost ?? Infinity;
  const countOf = (results: typeof met, among?: readonly string[]): number => {
    const isAsked = (unit: string): boolean => among === undefined || among.includes(unit);
    const [all, home] = [unitsOf(results, false), unitsOf(results, true)].map((units) => [...units].filter(isAsked).length);
    return (home ?? 0) + Math.min(limit, (all ?? 0) - (home ?? 0));
  };
  const isEnough = (results: typeof met): boolean => {
    if (entry.count !== 'core-or-discretion') return countOf(results) >= entry.atLeast;
    const core = countOf(results, entry.core);
    return core >= entry.core.length || (core >= entry.coreWithDiscretion && countOf(results, entry.discretion) > 0);
  };
  if (isEnough(sound))
    return { result: 'pass', says: 'Enough needs were met when the family joined.', evidence: sound.map(({ criterionId }) => criterionId) };
  if (isEnough(met))
    return {
      result: 'fail',
      says: `Enough needs were met, but no claim may rest on these until somebody named has signed their rules off: ${list(unsigned)}.`,
    };
  return atEntry.outcome === 'cannot-tell'
    ? { result: 'unknown', says: 'It could not be told whether enough needs were met when the family joined.' }
    : { result: 'fail', says: 'Not enough needs were met when the family joined.' };
};

/**
 * Needs that were found in rows and that the rows held today no longer show for the day they were found on: the rows were withdrawn or
 * corrected since, or the person has left the family.
 */
const noLongerShown = ({ basis, casework }: ClaimCase): readonly string[] => {
  const { family, ...standard } = basis;
  const metOn = (asAt: string): ReadonlySet<string> => {
    const { criteria } = decideFamily({ ...family, asAt }, prepareRules({ ...standard, asAt }));
    return new Set(criteria.flatMap(({ prepared, value }) => (value === 'met' ? [prepared.criterion.id] : [])));
  };
  const byRows = Map.groupBy(
    casework.needs.filter(({ recorded, evidence }) => recorded !== true && evidence.length > 0),
    ({ identifiedOn }) => identifiedOn,
  );
  return [...byRows].flatMap(([day, needs]) => {
    const met = metOn(day);
    return needs.flatMap(({ criterionId }) => (met.has(criterionId) ? [] : [criterionId]));
  });
};

/** 4. */
export const checkEvidenceAtEntry = (claim: ClaimCase): Answer => {
  const { casework, atEntry } = claim;
  if (casework.needs.length === 0) return { result: 'unknown', says: 'No need is recorded.' };
  const shown = new Set(
    atEntry.criteria.filter(({ value, evidenceCount }) => value === 'met' && evidenceCount > 0).map(({ criterionId }) => criterionId),
  );
  const bare = casework.needs
    .filter(({ criterionId, evidence }) => evidence.length === 0 && !shown.has(criterionId))
    .map(({ criterionId }) => criterionId);
  const gone = noLongerShown(claim);
  if (bare.length === 0 && gone.length > 0)
    return {
      result: 'unknown',
      says: 'What showed these needs is not held any more: it was withdrawn or corrected, or the person left. Record the need with other evidence.',
      evidence: gone,
    };
  return bare.length === 0
    ? {
        result: 'pass',
        says: 'Each need has evidence of when it was found.',
        evidence: casework.needs.map(({ criterionId, identifiedOn }) => `${criterionId}: ${identifiedOn}`),
      }
    : { result: 'fail', says: `Nothing shows these needs: ${list(bare)}.` };
};

/** 16. */
export const checkDiscretion = ({ basis: { ruleSet }, casework, atEntry }: ClaimCase): Answer => {
  const { entry } = ruleSet;
  const core = entry.count === 'core-or-discretion' ? entry.core.filter((id) => atEntry.headingsMet.includes(id)).length : undefined;
  const isUsed = casework.discretion.length > 0 || (entry.count === 'core-or-discretion' && core !== undefined && core < entry.core.length);
  if (!isUsed) return { result: 'not-applicable', says: 'No discretion was used.' };
  if (casework.discretion.length === 0)
    return { result: 'fail', says: 'The family was taken on at the council’s discretion, and no reason is recorded.' };
  const bare = casework.discretion.filter(({ reason, grade, decidedBy }) => [reason, grade, decidedBy].some((text) => text.trim() === ''));
  return bare.length > 0
    ? { result: 'fail', says: 'A use of discretion lacks its reason, or who decided and at what grade.' }
    : {
        result: 'pass',
        says: 'Each use of discretion has its reason, who decided it, and their grade.',
        evidence: casework.discretion.map(({ on, grade }) => `${on}: ${grade}`),
      };
};

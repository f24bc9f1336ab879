import { compareValues, type Difference } from '../replay/compare-values.ts';
import type { RuleSet } from '../rule-set.ts';

export interface RuleChange extends Difference {
  /** The criterion it is about, where it is about one. */
  readonly criterionId?: string;
  readonly says: string;
}

const criterionOf = (path: string, ids: readonly string[]): string | undefined =>
  ids.find((id) => path === `criteria.${id}` || path.startsWith(`criteria.${id}.`) || path.startsWith(`criteria.${id} until `));

const inWords = ({ path, before, after }: Difference, criterionId: string | undefined): string => {
  const prefix = criterionId === undefined ? '' : `criteria.${criterionId}`;
  const what = path.slice(prefix.length).replace(/^\./, '');
  const where = criterionId === undefined ? what : what === '' ? criterionId : `${criterionId}, ${what}`;
  if (before === undefined) return `${where}: added.`;
  if (after === undefined) return `${where}: left out.`;
  return `${where}: ${before} becomes ${after}.`;
};

/** What one rule set says differently from another, each change by itself. */
export const compareRuleSets = (before: RuleSet, after: RuleSet): readonly RuleChange[] => {
  // The longest first: P2.H2.1 must not be taken for P2.H2.10.
  const ids = [...new Set([...before.criteria, ...after.criteria].map(({ id }) => id))].toSorted((a, b) => b.length - a.length);
  return compareValues(before, after).map((difference) => {
    const criterionId = criterionOf(difference.path, ids);
    return { ...difference, ...(criterionId !== undefined && { criterionId }), says: inWords(difference, criterionId) };
  });
};

import type { CriterionValue } from './determination.ts';
import { atLeast, or, type Truth } from './kleene.ts';
import type { CriterionDecision } from './decide-criterion.ts';
import type { RuleSet } from './rule-set.ts';

const truthOf = (value: CriterionValue): Truth => (value === 'met' ? 'true' : value === 'not-met' ? 'false' : 'unknown');

export interface HeadingDecision {
  readonly id: string;
  readonly title: string;
  readonly all: Truth;
  /** Without parents who live elsewhere. */
  readonly inHousehold: Truth;
}

/** What is counted: a heading, or a need. */
type Unit = Pick<HeadingDecision, 'all' | 'inHousehold'>;

export const decideHeadings = (ruleSet: RuleSet, criteria: readonly CriterionDecision[]): HeadingDecision[] =>
  ruleSet.headings.map(({ id, title }) => {
    const own = criteria.filter(({ prepared }) => prepared.criterion.heading === id);
    return {
      id,
      title,
      all: or(own.map(({ value }) => truthOf(value))),
      inHousehold: or(own.map(({ valueInHousehold }) => truthOf(valueInHousehold))),
    };
  });

interface Bounds {
  readonly certain: number;
  readonly possible: number;
}

/** How many are surely and how many possibly there, of which parents who live elsewhere may bring in only so many. */
const boundsOf = (units: readonly Unit[], limit: number): Bounds => {
  let [certain, certainElsewhere, possible, possibleElsewhere] = [0, 0, 0, 0];
  for (const { all, inHousehold } of units) {
    if (inHousehold === 'true') certain += 1;
    else if (all === 'true') certainElsewhere += 1;
    if (inHousehold !== 'false') possible += 1;
    else if (all !== 'false') possibleElsewhere += 1;
  }
  return { certain: certain + Math.min(limit, certainElsewhere), possible: possible + Math.min(limit, possibleElsewhere) };
};

const needsOf = (ruleSet: RuleSet, criteria: readonly CriterionDecision[], headings: readonly HeadingDecision[]): readonly Unit[] =>
  ruleSet.entry.count === 'needs' && !ruleSet.entry.distinctHeadings
    ? criteria.map(({ value, valueInHousehold }) => ({ all: truthOf(value), inHousehold: truthOf(valueInHousehold) }))
    : headings;

/** Whether there are enough headings or needs. */
export const hasEnough = (ruleSet: RuleSet, criteria: readonly CriterionDecision[], headings: readonly HeadingDecision[]): Truth => {
  const { entry } = ruleSet;
  const limit = ruleSet.fromParentElsewhere?.atMost ?? Infinity;
  if (entry.count !== 'core-or-discretion') {
    const { certain, possible } = boundsOf(needsOf(ruleSet, criteria, headings), limit);
    return atLeast(entry.atLeast, certain, possible);
  }
  const core = boundsOf(
    headings.filter(({ id }) => entry.core.includes(id)),
    limit,
  );
  const discretion = boundsOf(
    headings.filter(({ id }) => entry.discretion.includes(id)),
    limit,
  );
  const isEnough = (cores: number, others: number): boolean =>
    cores >= entry.core.length || (cores >= entry.coreWithDiscretion && others >= 1);
  if (isEnough(core.certain, discretion.certain)) return 'true';
  return isEnough(core.possible, discretion.possible) ? 'unknown' : 'false';
};

import type { DateKey } from '../calendar/date-key.ts';
import { readAttendance } from './attendance.ts';
import { countOf } from './count-of.ts';
import type { CriterionValue } from './determination.ts';
import type { FamilyFacts, FamilyMember, Found } from './find-facts.ts';
import type { Measure } from './measure.ts';
import type { PreparedCriterion, PreparedRules, PreparedWay } from './prepare-rules.ts';
import { silenceOf, silenceOfUnknownAdult } from './silence.ts';

type CountMeasure = Extract<Measure, { kind: 'count' }>;
/** Of a way that can only show a need, and does not. */
type WayValue = CriterionValue | 'says-nothing';

/** The value of one way, and for whom. */
export interface WayDecision {
  readonly way: PreparedWay;
  readonly value: WayValue;
  /** The members whose own value is the way's (all of them where it counts for the family). */
  readonly deciding: readonly FamilyMember[];
}

const combinePeople = (values: readonly WayValue[]): WayValue => {
  let [open, uncovered, answered] = [false, false, values.length === 0];
  for (const value of values) {
    if (value === 'met') return 'met';
    if (value === 'unknown') open = true;
    else if (value === 'not-covered') uncovered = true;
    else if (value === 'not-met') answered = true;
  }
  return open ? 'unknown' : uncovered ? 'not-covered' : answered ? 'not-met' : 'says-nothing';
};

const combineWays = (values: readonly WayValue[]): CriterionValue => {
  let [open, uncovered, answered] = [false, false, false];
  for (const value of values) {
    if (value === 'met') return 'met';
    if (value === 'unknown') open = true;
    else if (value === 'not-covered') uncovered = true;
    else if (value === 'not-met') answered = true;
  }
  if (open || (uncovered && answered)) return 'unknown';
  return answered ? 'not-met' : 'not-covered';
};

const isCertain = ({ doubts }: Found): boolean => doubts.length === 0;

/** Enough certain facts: met; enough with the doubtful ones: unknown; else what silence means. */
const decideCount = (found: readonly Found[], measure: CountMeasure, silence: () => WayValue): WayValue => {
  if (found.length === 0) return silence();
  if (countOf(found.filter(isCertain), measure) >= measure.atLeast) return 'met';
  return countOf(found, measure) >= measure.atLeast && !found.every(isCertain) ? 'unknown' : silence();
};

const noFacts: readonly Found[] = [];

/** The answer that holds whoever a member may be, or unknown. */
const whoever = (member: FamilyMember, decide: (member: FamilyMember) => WayValue): WayValue => {
  if (member.mayBe.length === 0) return decide(member);
  const [first = 'unknown', ...others] = member.mayBe.map(decide);
  return others.every((each) => each === first) ? first : 'unknown';
};

/** Holds some members of a family against one way of a criterion. */
const decideWay = (
  way: PreparedWay,
  members: readonly FamilyMember[],
  facts: FamilyFacts,
  rules: PreparedRules,
  assessed: DateKey,
): WayDecision => {
  if (way.window === undefined) return { way, value: 'unknown', deciding: members };
  const { measure } = way.rule;
  const found = facts.found[way.index] ?? noFacts;
  const ofOthers = (facts.adultsUnknown ? silenceOfUnknownAdult(way, rules, assessed) : undefined) ?? [];
  if (measure.kind === 'count' && measure.per === 'family') {
    const own = found.filter(({ member }) => members.includes(member));
    const silence = (): WayValue =>
      combinePeople(members.map((member) => whoever(member, (each) => silenceOf(each, way, rules, assessed))).concat(ofOthers));
    return { way, value: decideCount(own, measure, silence), deciding: members };
  }
  const valueOf = (member: FamilyMember): WayValue => {
    if (measure.kind !== 'count') return readAttendance(member, way, measure, rules).value;
    const own = found.length === 0 ? noFacts : found.filter((each) => each.member === member);
    return decideCount(own, measure, () => silenceOf(member, way, rules, assessed));
  };
  const values = members.map((member) => whoever(member, valueOf));
  const value = combinePeople(values.concat(ofOthers));
  return { way, value, deciding: members.filter((_, index) => values[index] === value) };
};

export interface CriterionDecision {
  readonly prepared: PreparedCriterion;
  readonly value: CriterionValue;
  /** The value without parents who live elsewhere. */
  readonly valueInHousehold: CriterionValue;
  readonly ways: readonly WayDecision[];
}

/** Holds a family against one criterion. */
export const decideCriterion = (
  prepared: PreparedCriterion,
  facts: FamilyFacts,
  household: readonly FamilyMember[],
  rules: PreparedRules,
  assessed: DateKey,
): CriterionDecision => {
  const decide = (members: readonly FamilyMember[]): WayDecision[] =>
    prepared.ways.map((way) => decideWay(way, members, facts, rules, assessed));
  const ways = decide(facts.members);
  const value = combineWays(ways.map((way) => way.value));
  const valueInHousehold = household.length === facts.members.length ? value : combineWays(decide(household).map((way) => way.value));
  return { prepared, value, valueInHousehold, ways };
};

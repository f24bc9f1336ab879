import { dateKey, type DateKey } from '../calendar/date-key.ts';
import { parseIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import type { FeedId } from '../feeds/feed-ids.ts';
import type { Fact, FactKind } from '../people/fact.ts';
import { coverageOnDay, type CoverageOnDay, type Reach } from './coverage.ts';
import type { CriterionValue } from './determination.ts';
import type { CoveredPeriod } from './family-evidence.ts';
import type { Ages, FactPattern, Way } from './measure.ts';
import { agesOf, type Born } from './member-age.ts';
import { isInForce, type Criterion, type RuleSet } from './rule-set.ts';
import type { Term, TermCalendar } from './term-calendar.ts';
import { spanOf, windowOf, type Span, type Window } from './window.ts';

export interface PreparedTerm extends Term {
  readonly first: DateKey;
  /** Two for each Monday to Friday: more than this nobody can miss, or attend. */
  readonly mostSessions: number;
}

/** A way of one criterion, with everything that depends only on the day, the rules and the coverage worked out. */
export interface PreparedWay {
  readonly index: number;
  readonly rule: Way;
  readonly criterion: Criterion;
  readonly ages: Ages;
  /** Undefined where the term calendar does not go back far enough. */
  readonly window: Window | undefined;
  readonly span: Span;
  readonly terms: readonly PreparedTerm[];
}

export interface PreparedCriterion {
  readonly criterion: Criterion;
  readonly ways: readonly PreparedWay[];
}

/** What the files of a way's feeds leave out; `value` is what silence then means. */
export interface FeedReach {
  readonly value: CriterionValue;
  readonly byFeed: readonly { readonly feed: FeedId; readonly reach: Reach }[];
}

interface Probe {
  readonly way: PreparedWay;
  readonly matches: (fact: Fact) => boolean;
}

export interface PreparedRules {
  readonly ruleSet: RuleSet;
  readonly asAt: DateKey;
  readonly day: IsoDate;
  readonly calendar: TermCalendar;
  readonly criteria: readonly PreparedCriterion[];
  readonly ways: readonly PreparedWay[];
  /** The ways that a fact of a kind may show, attendance apart. */
  readonly probes: ReadonlyMap<FactKind, readonly Probe[]>;
  readonly coverage: CoverageOnDay;
  readonly reach: (way: PreparedWay, born: Born) => FeedReach;
}

/** Mondays to Fridays before a day, counted from a Monday. */
const weekdaysBefore = (day: number): number => {
  const fromMonday = day + 3; // 1970-01-01 was a Thursday.
  return Math.floor(fromMonday / 7) * 5 + Math.min(5, ((fromMonday % 7) + 7) % 7);
};

const weekdays = ({ from, to }: Term): number =>
  Math.max(0, weekdaysBefore(parseIsoDate(to) ?? 0) - weekdaysBefore(parseIsoDate(from) ?? 0));

interface Look {
  readonly window: Window | undefined;
  readonly span: Span;
  readonly terms: readonly PreparedTerm[];
}

/** The windows of a day, each worked out once however many criteria look back so far. */
const looksOn = (asAt: IsoDate, calendar: TermCalendar, over: Window | undefined): ((lookBack: Way['lookBack']) => Look) => {
  const known = new Map<string, Look>();
  return (lookBack) => {
    const key = lookBack.unit === 'current' ? lookBack.unit : `${lookBack.unit} ${String(lookBack.count)}`;
    const before = known.get(key);
    if (before) return before;
    const window = over ?? windowOf(lookBack, asAt, calendar);
    const terms = (window?.terms ?? []).map((term) => ({ ...term, first: dateKey(term.from), mostSessions: 2 * weekdays(term) }));
    const look = { window, span: window ? spanOf(window) : nobody, terms };
    known.set(key, look);
    return look;
  };
};

const matcher = ({ kind, where }: FactPattern): Probe['matches'] => {
  const wanted = Object.entries(where ?? {}).map(([field, value]) => [field, Array.isArray(value) ? value : [value]] as const);
  return (fact) =>
    fact.kind === kind &&
    wanted.every(([field, values]) => {
      const value: unknown = Reflect.get(fact, field);
      return values.some((each) => each === value);
    });
};

const nobody: Span = { from: NaN, to: NaN };

/** Rules, coverage and calendar arranged for one day: made once, then held against any number of families. */
export const prepareRules = ({
  asAt,
  coverage,
  ruleSet,
  termCalendar,
  over,
}: {
  readonly asAt: IsoDate;
  readonly coverage: readonly CoveredPeriod[];
  readonly ruleSet: RuleSet;
  readonly termCalendar: TermCalendar;
  /** Look here instead of at each criterion's own look-back, with what the files say by `asAt`: how an outcome has lasted. */
  readonly over?: Window | undefined;
}): PreparedRules => {
  const onDay = coverageOnDay(coverage, asAt, (feed) => ruleSet.daysBehindAllowed.days[feed] ?? 0);
  const lookOn = looksOn(asAt, termCalendar, over);
  const ways: PreparedWay[] = [];
  const inForce = over ? ruleSet.criteria : ruleSet.criteria.filter((criterion) => isInForce(criterion, asAt));
  const criteria = inForce.map((criterion): PreparedCriterion => {
    const own = criterion.ways.map((rule, at): PreparedWay => {
      return { index: ways.length + at, rule, criterion, ages: rule.ages ?? agesOf(criterion), ...lookOn(rule.lookBack) };
    });
    ways.push(...own);
    return { criterion, ways: own };
  });
  const probes = new Map<FactKind, Probe[]>();
  for (const way of ways) {
    if (way.window === undefined || way.rule.measure.kind !== 'count') continue;
    for (const kind of new Set(way.rule.facts.map((pattern) => pattern.kind))) {
      const tests = way.rule.facts.filter((pattern) => pattern.kind === kind).map(matcher);
      const [only] = tests;
      const matches = tests.length === 1 && only ? only : (fact: Fact) => tests.some((test) => test(fact));
      probes.set(kind, [...(probes.get(kind) ?? []), { way, matches }]);
    }
  }
  const known: (FeedReach | undefined)[] = [];
  return {
    ruleSet,
    asAt: dateKey(asAt),
    day: asAt,
    calendar: termCalendar,
    criteria,
    ways,
    probes,
    coverage: onDay,
    reach: (way, born) => {
      const isShared = !way.rule.feeds.some(onDay.hasCohorts);
      const shared = isShared ? known[way.index] : undefined;
      if (shared) return shared;
      const found = feedReach(way, onDay, born);
      if (isShared) known[way.index] = found;
      return found;
    },
  };
};

const feedReach = ({ rule, window }: PreparedWay, coverage: CoverageOnDay, born: Born): FeedReach => {
  if (window === undefined) return { value: 'unknown', byFeed: [] };
  const byFeed = rule.feeds.map((feed) => ({ feed, reach: coverage.reach(feed, window, born) }));
  const is = (kind: Reach['is']): boolean => byFeed.every(({ reach }) => reach.is === kind);
  return { value: is('full') ? 'not-met' : is('none') ? 'not-covered' : 'unknown', byFeed };
};

import * as fc from 'fast-check';
import { birthday, dayOf, isoOf } from './days.ts';
import {
  daysBehind,
  ruleSetNames,
  type CoveredPeriod,
  type EvaluatorInput,
  type FamilyFact,
  type Feed,
  type Member,
  type Term,
} from './evaluator-input.ts';
import { dayOfEdge, daysToAskAbout, nearEdge, usualTerms, type NearEdge } from './random-calendar.ts';
import { plainRecord, randomRecord, type RandomFact, type RandomRecord } from './random-record.ts';

const feeds = Object.keys(daysBehind) as Feed[];

export const familiesAtOnce = 8;

/** What families are made of, before the dates are put to it; fast-check makes this smaller when two answers differ. */
interface Plan {
  readonly day: number;
  readonly calendar: 'usual' | 'two terms' | 'none';
  readonly missing: readonly Feed[];
  readonly periods: readonly {
    feed: Feed;
    agency: string;
    from: NearEdge;
    to: NearEdge;
    cohort: 'none' | 'school' | 'under five' | 'adult';
  }[];
  readonly families: readonly { readonly assessed: NearEdge | undefined; readonly members: readonly PlannedMember[] }[];
}

interface PlannedMember {
  readonly age: number;
  readonly born: NearEdge;
  readonly birth: 'known' | 'estimated' | 'missing' | 'leap day' | 'expected';
  readonly parent: boolean;
  readonly lives: 'in-the-household' | 'elsewhere';
  readonly restricted: boolean;
  readonly records: readonly RandomRecord[];
}

const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: others.length > 1 ? 3 : 1, arbitrary: fc.constantFrom(...others) });

const plannedMember = (ruleSet: EvaluatorInput['ruleSet']): fc.Arbitrary<PlannedMember> =>
  fc.record({
    age: fc.constantFrom(12, 0, 3, 4, 5, 9, 10, 15, 16, 17, 18, 19, 30, 34, 35, 36, 65, 66),
    born: nearEdge,
    birth: mostly<PlannedMember['birth']>('known', 'estimated', 'missing', 'leap day', 'expected'),
    parent: fc.boolean(),
    lives: mostly<PlannedMember['lives']>('in-the-household', 'elsewhere'),
    restricted: mostly(false, true),
    records: fc.array(fc.oneof({ weight: 4, arbitrary: randomRecord(ruleSet) }, { weight: 1, arbitrary: plainRecord(ruleSet) }), {
      maxLength: 5,
      size: 'max',
    }),
  });

const plan = (ruleSet: EvaluatorInput['ruleSet']): fc.Arbitrary<Plan> =>
  fc.record({
    day: fc.nat({ max: daysToAskAbout(ruleSet).length - 1 }),
    calendar: fc.oneof(
      { weight: 30, arbitrary: fc.constant('usual' as const) },
      { weight: 1, arbitrary: fc.constantFrom('two terms' as const, 'none' as const) },
    ),
    missing: fc.oneof(fc.constant([]), fc.constant(feeds), fc.subarray(feeds)),
    periods: fc.array(
      fc.record({
        feed: fc.constantFrom(...feeds),
        agency: fc.constantFrom('one', 'two'),
        from: nearEdge,
        to: nearEdge,
        cohort: mostly<Plan['periods'][number]['cohort']>('none', 'school', 'under five', 'adult'),
      }),
      { maxLength: 5, size: 'max' },
    ),
    families: fc.array(
      fc.record({
        assessed: fc.option(nearEdge, { nil: undefined }),
        members: fc.array(plannedMember(ruleSet), { maxLength: 4, size: 'max' }),
      }),
      { minLength: familiesAtOnce, maxLength: familiesAtOnce },
    ),
  });

const cohorts = { school: { from: 4, below: 16 }, 'under five': { from: 0, below: 5 }, adult: { from: 18, below: 66 } };

/**
 * Families of one council on one day under any of the rule sets, with everything near an edge that can be, as
 * docs/eligibility-input.md has it. They share files and terms, which is what takes time to prepare.
 */
export const randomFamilies: fc.Arbitrary<readonly EvaluatorInput[]> = fc
  .constantFrom(...ruleSetNames)
  .chain((ruleSet) => plan(ruleSet).map((made) => carryOut(ruleSet, made)));

const carryOut = (ruleSet: EvaluatorInput['ruleSet'], made: Plan): readonly EvaluatorInput[] => {
  const asAt = daysToAskAbout(ruleSet)[made.day] ?? '';
  const terms = termsOf(made.calendar, asAt);
  const on = ({ edge, days }: NearEdge, feed: Feed): string => isoOf(dayOfEdge(edge, asAt, terms, feed) + days);
  const complete = feeds
    .filter((feed) => !made.missing.includes(feed))
    .map((feed): CoveredPeriod => ({
      feed,
      agency: 'one',
      uploadId: `all-${feed}`,
      from: isoOf(dayOf(asAt) - 1200),
      to: isoOf(dayOf(asAt) + 1),
    }));
  const partly = made.periods.map(({ feed, agency, from, to, cohort }, index): CoveredPeriod => {
    const [first = '', last = ''] = [on(from, feed), on(to, feed)].sort();
    return {
      feed,
      agency,
      uploadId: `part-${index}`,
      from: first,
      to: last === first ? isoOf(dayOf(last) + 1) : last,
      ...(cohort !== 'none' && { cohort: cohorts[cohort] }),
    };
  });
  const shared = { ruleSet, termCalendar: calendarOf(terms), coverage: [...complete, ...partly] };
  return made.families.map(({ assessed, members }) => ({
    ...shared,
    family: {
      asAt,
      ...(assessed && { assessedOn: on(assessed, 'professional-referral') }),
      members: members.map((member, index) => memberOf(member, index, asAt, { terms: completedBy(asAt, terms), on })),
    },
  }));
};

const termsOf = (calendar: Plan['calendar'], asAt: string): readonly Term[] => {
  const year = Number(asAt.slice(0, 4));
  const usual = usualTerms(year - 4, year + 1);
  if (calendar === 'usual') return usual;
  return calendar === 'none' ? [] : completedBy(asAt, usual).slice(-2);
};

const calendars = new Map<string, EvaluatorInput['termCalendar']>();

/** The same terms are the same calendar, as they are to a council: preparing the rules for one again and again is what would take the time. */
const calendarOf = (terms: readonly Term[]): EvaluatorInput['termCalendar'] => {
  const key = terms.map(({ from }) => from).join(' ');
  const calendar = calendars.get(key) ?? { terms };
  calendars.set(key, calendar);
  return calendar;
};

const completedBy = (asAt: string, terms: readonly Term[]): readonly Term[] => terms.filter(({ to }) => dayOf(to) <= dayOf(asAt) + 1);

const memberOf = (
  made: PlannedMember,
  index: number,
  asAt: string,
  { terms, on }: { terms: readonly Term[]; on: (near: NearEdge, feed: Feed) => string },
): Member => {
  const anchor = dayOf(on(made.born, 'school-attendance'));
  const birthDate = isoOf(birthday(anchor, -made.age));
  const leapYear = Number(birthDate.slice(0, 4)) - (Number(birthDate.slice(0, 4)) % 4);
  return {
    personId: `person-${index + 1}`,
    ...(made.birth === 'known' && { birthDate }),
    ...(made.birth === 'estimated' && { birthDate, birthDateEstimated: true }),
    ...(made.birth === 'leap day' && { birthDate: `${leapYear}-02-29` }),
    ...(made.birth === 'expected' && { expectedBirthDate: isoOf(dayOf(asAt) + made.born.days) }),
    parent: made.parent && made.birth !== 'expected' && made.age > 15,
    lives: made.parent ? made.lives : 'in-the-household',
    restricted: made.restricted,
    records: made.records.map(({ feed, agency, seen, ended, facts }, row) => ({
      feed,
      agency,
      uploadId: `file-${row + 1}`,
      row: row + 1,
      accessClass:
        feed === 'dwp-benefits'
          ? ('benefits' as const)
          : feed === 'domestic-abuse-marac'
            ? ('domestic-abuse' as const)
            : ('standard' as const),
      periodEnd: on(seen, feed),
      ...(ended && { endedOn: on(ended, feed) }),
      facts: facts.flatMap((fact) => factOf(fact, { birthDate, terms, on: (near) => on(near, feed) })),
    })),
  };
};

/** With the dates put to it; a term's figures carry that term's. */
const factOf = (
  { fields, termsBack, from, to, copies }: RandomFact,
  { birthDate, terms, on }: { birthDate: string; terms: readonly Term[]; on: (near: NearEdge) => string },
): FamilyFact[] => {
  const dates = {
    from: from === 'no date' ? '2020-02-30' : from === 'before birth' ? isoOf(dayOf(birthDate) - 1) : on(from),
    ...(to && { to: to === 'no date' ? 'soon' : on(to) }),
  };
  if (termsBack === undefined) return Array.from({ length: copies }, () => ({ ...fields, ...dates }));
  const term = terms.at(-1 - termsBack);
  if (term === undefined) return [];
  const academicYear = `${term.schoolYear}/${String(term.schoolYear + 1).slice(2)}`;
  const figures = { ...fields, academicYear, term: term.term, from: from === 'no date' ? dates.from : term.from, to: term.to };
  return Array.from({ length: copies }, () => figures);
};

import { factSpan } from './fact-span.ts';
import type { CriterionValue } from './determination.ts';
import type { FamilyMember } from './find-facts.ts';
import type { Measure } from './measure.ts';
import { isOfAge } from './member-age.ts';
import type { PreparedRules, PreparedTerm, PreparedWay } from './prepare-rules.ts';

export type RateMeasure = Exclude<Measure, { kind: 'count' }>;

/** What the rows say of one child in one term. `left-out`: nothing is expected of it, and nothing is there. */
interface TermReading {
  readonly term: PreparedTerm;
  readonly is: 'figures' | 'missing' | 'contradictory' | 'left-out';
  readonly missed: number;
  readonly possible: number;
}

export interface AttendanceReading {
  readonly value: CriterionValue;
  readonly terms: readonly TermReading[];
  readonly isAgeUnknown: boolean;
}

type Attendance = FamilyMember['attendance'][number];

const isWhole = (value: number): boolean => Number.isInteger(value) && value >= 0;

const isPossible = ({ fact, record }: Attendance, { sureBirth }: FamilyMember): boolean =>
  factSpan(fact, record, sureBirth).fault === undefined &&
  isWhole(fact.sessionsPossible) &&
  isWhole(fact.sessionsAuthorised) &&
  isWhole(fact.sessionsUnauthorised) &&
  fact.sessionsAuthorised + fact.sessionsUnauthorised <= fact.sessionsPossible;

const missedIn = ({ fact }: Attendance, sessions: RateMeasure['sessions']): number =>
  sessions === 'unauthorised'
    ? fact.sessionsUnauthorised
    : sessions === 'authorised'
      ? fact.sessionsAuthorised
      : fact.sessionsAuthorised + fact.sessionsUnauthorised;

export const figuresOf = (member: FamilyMember, term: Pick<PreparedTerm, 'term' | 'schoolYear'>): readonly Attendance[] =>
  member.attendance.filter(({ fact, schoolYear }) => fact.term === term.term && schoolYear === term.schoolYear);

/** The very figures that another agency gives too are the same report; an agency that gives them twice speaks of two schools. */
const withoutEchoes = (rows: readonly Attendance[]): readonly Attendance[] => {
  if (rows.length < 2) return rows;
  const given = new Map<string, number>();
  const counted = new Map<string, Attendance>();
  for (const row of rows) {
    const { sessionsPossible, sessionsAuthorised, sessionsUnauthorised } = row.fact;
    const figures = [sessionsPossible, sessionsAuthorised, sessionsUnauthorised].join(' ');
    const byAgency = `${row.record.agency} ${figures}`;
    const time = (given.get(byAgency) ?? 0) + 1;
    given.set(byAgency, time);
    counted.set(`${figures} ${String(time)}`, row);
  }
  return [...counted.values()];
};

const readTerm = (member: FamilyMember, term: PreparedTerm, sessions: RateMeasure['sessions'], isExpected: boolean): TermReading => {
  const rows = figuresOf(member, term);
  const counted = withoutEchoes(rows);
  const possible = counted.reduce((sum, { fact }) => sum + fact.sessionsPossible, 0);
  const missed = counted.reduce((sum, row) => sum + missedIn(row, sessions), 0);
  const isContradictory = rows.length > 0 && (!rows.every((row) => isPossible(row, member)) || possible > term.mostSessions);
  const is = isContradictory ? 'contradictory' : possible > 0 ? 'figures' : isExpected ? 'missing' : 'left-out';
  return { term, is, missed, possible };
};

/** Compared in whole numbers wherever the bound is one: never rounded. */
const compare = (missed: number, possible: number, { op, percent }: RateMeasure): boolean => {
  const [share, bound] = [missed * 100, possible * percent];
  switch (op) {
    case 'more-than':
      return share > bound;
    case 'at-least':
      return share >= bound;
    case 'less-than':
      return share < bound;
    case 'at-most':
      return share <= bound;
  }
};

/** The mean of fractions over one denominator, so that nothing is rounded. */
const meanOver = (terms: readonly TermReading[], measure: RateMeasure): boolean => {
  const denominator = terms.reduce((product, { possible }) => product * possible, 1);
  const numerator = terms.reduce((sum, { missed, possible }) => sum + missed * (denominator / possible), 0);
  return compare(numerator, denominator * terms.length, measure);
};

const overTerms = (terms: readonly TermReading[], measure: RateMeasure): CriterionValue => {
  const known = terms.filter(({ is }) => is === 'figures');
  const open = terms.filter(({ is }) => is === 'missing' || is === 'contradictory').length;
  if (measure.kind === 'terms-with-rate') {
    const over = known.filter(({ missed, possible }) => compare(missed, possible, measure)).length;
    return over >= measure.atLeast ? 'met' : over + open < measure.atLeast ? 'not-met' : 'unknown';
  }
  if (open > 0) return 'unknown';
  if (known.length === 0) return 'not-met';
  const sum = (of: 'missed' | 'possible'): number => known.reduce((total, term) => total + term[of], 0);
  const isMet = measure.reading === 'mean-of-terms' ? meanOver(known, measure) : compare(sum('missed'), sum('possible'), measure);
  return isMet ? 'met' : 'not-met';
};

/**
 * Sessions missed of sessions possible, over the terms of one child. A term of which a child of school age has no figures, or figures
 * that contradict each other, leaves the answer open.
 */
export const readAttendance = (member: FamilyMember, way: PreparedWay, measure: RateMeasure, rules: PreparedRules): AttendanceReading => {
  const { silence } = way.rule;
  const expectedAges = silence.means === 'each-person' ? silence.expected : way.ages;
  const ages = way.terms.map(({ first }) => isOfAge(member.born, way.ages, first));
  if (ages.every((age) => age === 'false')) return { value: 'not-met', terms: [], isAgeUnknown: false };
  const expected = way.terms.map(({ first }) => isOfAge(member.born, expectedAges, first) !== 'false');
  if (member.evidence.restricted) return { value: expected.includes(true) ? 'unknown' : 'not-met', terms: [], isAgeUnknown: false };
  const terms = way.terms.map((term, index) => readTerm(member, term, measure.sessions, expected[index] === true));
  const hasRows = terms.some(({ term, is }) => is === 'figures' || is === 'contradictory' || figuresOf(member, term).length > 0);
  // Without a birth date nothing can be expected, or left out, for certain.
  const isAgeUnknown = ages.includes('unknown');
  if (!hasRows && !isAgeUnknown) {
    if (!expected.includes(true)) return { value: 'not-met', terms, isAgeUnknown };
    if (rules.reach(way, member.born).byFeed.every(({ reach }) => reach.is === 'none'))
      return { value: 'not-covered', terms, isAgeUnknown };
  }
  // Rows without a single possible session say nothing, expected or not.
  const saysNothing = hasRows && terms.every(({ is }) => is === 'left-out' || is === 'missing');
  return { value: isAgeUnknown || saysNothing ? 'unknown' : overTerms(terms, measure), terms, isAgeUnknown };
};

import { child, isOfAgesOn, whateverTheBirthDate } from './ages.ts';
import { overPersons } from './answers.ts';
import { dayOf, readDay, weekdays } from './days.ts';
import type { EvaluatorInput, FamilyFact, Member, Value } from './evaluator-input.ts';
import { comesBeforeBirth } from './weigh-facts.ts';
import { completedTerms, hasSentAnything, type CompletedTerm } from './windows.ts';

/** Which absence counts, and how the three terms' figures come to an answer. */
export interface AbsenceTest {
  readonly sessions: 'unauthorised' | 'all';
  readonly reading: 'three terms together' | 'in two terms of three';
  readonly isOver: (missed: number, possible: number) => boolean;
}

const expectedAtSchool = { from: 5, below: 16 };

/** Figures of one term; `unknown` contradict themselves or are missing where there should be some. */
type TermFigures = { readonly missed: number; readonly possible: number } | 'unknown' | 'none';

/** Reading rule 9, for the whole family. */
export const absenceOf = (input: EvaluatorInput, test: AbsenceTest): Value => {
  const terms = completedTerms(input);
  if (terms.length < 3) return 'unknown';
  return overPersons(input.family.members.map((person) => whateverTheBirthDate(person, (one) => absenceOfPerson(input, one, terms, test))));
};

const absenceOfPerson = (input: EvaluatorInput, person: Member, terms: readonly CompletedTerm[], test: AbsenceTest): Value => {
  const asAt = dayOf(input.family.asAt);
  const isExpected = ({ from }: CompletedTerm): boolean => isOfAgesOn(person, expectedAtSchool, asAt, from) !== 'no';
  const isSubject = terms.map(({ from }) => isOfAgesOn(person, child, asAt, from));
  if (isSubject.every((answer) => answer === 'no')) return 'not-met';
  if (person.restricted) return terms.some(isExpected) ? 'unknown' : 'not-met';
  if (isSubject.includes('unknown')) return 'unknown';

  const rows = terms.map((term) => rowsOf(person, term));
  if (rows.every((each) => each.length === 0)) {
    if (!terms.some(isExpected)) return 'not-met';
    if (!hasSentAnything(input, 'school-attendance', person)) return 'not-covered';
  }
  const figures = terms.map((term, index) => figuresOf(person, term, rows[index] ?? [], isExpected(term), test));
  const known = figures.filter((each) => typeof each === 'object');
  const unknown = figures.filter((each) => each === 'unknown').length;
  if (known.length === 0 && unknown === 0 && rows.some((each) => each.length > 0)) return 'unknown';
  if (test.reading === 'three terms together') {
    if (unknown > 0 || known.length === 0) return 'unknown';
    const sum = known.reduce((a, b) => ({ missed: a.missed + b.missed, possible: a.possible + b.possible }));
    return test.isOver(sum.missed, sum.possible) ? 'met' : 'not-met';
  }
  const over = known.filter(({ missed, possible }) => test.isOver(missed, possible)).length;
  if (over >= 2) return 'met';
  return over + unknown >= 2 ? 'unknown' : 'not-met';
};

type Row = FamilyFact & { readonly agency: string };

/** The rows about this term, by their school year ("2025/26") and term. */
const rowsOf = (person: Member, { schoolYear, term }: CompletedTerm): readonly Row[] =>
  person.records
    .flatMap(({ facts, agency }) => facts.map((fact): Row => ({ ...fact, agency })))
    .filter((fact) => fact.kind === 'school-attendance' && fact.term === term && fact.academicYear?.slice(0, 4) === String(schoolYear));

/** Of the rows with one set of figures as many as the agency has that gives it most often: others repeat what that one says. */
const saidOnce = (rows: readonly Row[]): readonly Row[] => {
  const sameFigures = Map.groupBy(rows, ({ sessionsPossible, sessionsAuthorised, sessionsUnauthorised }) =>
    JSON.stringify([sessionsPossible, sessionsAuthorised, sessionsUnauthorised]),
  );
  return [...sameFigures.values()].flatMap((same) => {
    const byAgency = [...Map.groupBy(same, ({ agency }) => agency).values()];
    return byAgency.toSorted((a, b) => b.length - a.length)[0] ?? [];
  });
};

const figuresOf = (
  person: Member,
  term: CompletedTerm,
  rows: readonly Row[],
  isExpected: boolean,
  { sessions }: AbsenceTest,
): TermFigures => {
  const sum = (amount: (row: FamilyFact) => number | undefined): number =>
    saidOnce(rows).reduce((total, row) => total + (amount(row) ?? NaN), 0);
  const possible = sum((row) => row.sessionsPossible);
  const authorised = sum((row) => row.sessionsAuthorised);
  const unauthorised = sum((row) => row.sessionsUnauthorised);
  if (rows.some((row) => contradictsItself(row) || cannotBe(person, row))) return 'unknown';
  if (possible > 2 * weekdays(term.from, term.to)) return 'unknown';
  if (possible === 0) return isExpected ? 'unknown' : 'none';
  return { missed: sessions === 'all' ? authorised + unauthorised : unauthorised, possible };
};

const contradictsItself = ({ sessionsPossible = NaN, sessionsAuthorised = NaN, sessionsUnauthorised = NaN }: FamilyFact): boolean =>
  [sessionsPossible, sessionsAuthorised, sessionsUnauthorised].some((number) => !Number.isInteger(number) || number < 0) ||
  sessionsAuthorised + sessionsUnauthorised > sessionsPossible;

/** Reading rule 3, the impossible. */
const cannotBe = (person: Member, row: FamilyFact): boolean => {
  const [from, to] = [readDay(row.from), row.to === undefined ? undefined : readDay(row.to)];
  if (from === undefined || (row.to !== undefined && to === undefined)) return true;
  return (to !== undefined && to <= from) || comesBeforeBirth(person, row);
};

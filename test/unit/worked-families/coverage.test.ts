import { describe, expect, test } from 'vitest';
import { dayOf } from '#test/support/second-evaluator/days.ts';
import { ruleSetNames } from '#test/support/second-evaluator/evaluator-input.ts';
import { criteriaOf } from '#test/support/second-evaluator/second-evaluation.ts';
import { coverKinds, readWorkedFamilies, type WorkedFamily } from '#test/support/worked-families/read-worked-families.ts';

const families = readWorkedFamilies();

/** Those who ask for no age, and absence, which is asked of children by term. */
const withoutAnAge = [
  ...['P1.A.2', 'P1.B.4', 'P1.D.abuse', 'P1.D.health', 'P1.D.nominated'],
  ...['P2.H1.2', 'P2.H1.5', 'P2.H2.1', 'P2.H2.6', 'P2.H3.5', 'P2.H4.3-home', 'P2.H4.4', 'P2.H5.1', 'P2.H5.2', 'P2.H5.3', 'P2.H5.4'],
  ...['P2.H6.1', 'P2.H6.2', 'P2.H6.4'],
  ...['SF.1.1', 'SF.1.2', 'SF.2.1', 'SF.3.3', 'SF.5.1', 'SF.5.2', 'SF.9.1', 'SF.9.2'],
];
const ofAges = ['on the boundary age', 'one day past the age'];

const expectedOf: Readonly<Record<(typeof coverKinds)[number], readonly string[]>> = {
  'meets the threshold': ['met'],
  'just misses the threshold': ['not-met'],
  'on the boundary day': ['met'],
  'one day outside': ['not-met'],
  'on the boundary age': ['met'],
  'one day past the age': ['not-met'],
  'nobody can say': ['unknown', 'not-covered'],
};

const rowsFor = (ruleSet: string, question: string): readonly WorkedFamily[] =>
  families.filter((family) => family.input.ruleSet === ruleSet && family.question === question);

const dates = /\d{2}\/\d{2}\/\d{4}/g;
const cellsOfFamily = ({ cells }: WorkedFamily): string =>
  ['as_at', 'person_1', 'facts_1', 'person_2', 'facts_2', 'person_3', 'facts_3', 'files', 'assessed_on']
    .map((column) => cells[column])
    .join('|');

const asDay = (british: string): number => dayOf(british.split('/').reverse().join('-'));

/** Whether the two rows are the same family but for one date, and that by one day. */
const differByOneDay = (a: WorkedFamily, b: WorkedFamily): boolean => {
  const [textA, textB] = [cellsOfFamily(a), cellsOfFamily(b)];
  if (textA.replaceAll(dates, 'D') !== textB.replaceAll(dates, 'D')) return false;
  const datesB = textB.match(dates) ?? [];
  const gaps = (textA.match(dates) ?? [])
    .map((date, index) => Math.abs(asDay(date) - asDay(datesB[index] ?? date)))
    .filter((gap) => gap !== 0);
  return gaps.length === 1 && gaps[0] === 1;
};

describe('the worked families', () => {
  test.each(ruleSetNames)('of %s show every criterion on both sides of its threshold and of its boundaries, and unanswered', (ruleSet) => {
    const missing = Object.keys(criteriaOf[ruleSet]).flatMap((id) => {
      const kinds = rowsFor(ruleSet, id).map(({ covers }) => covers);
      return coverKinds
        .filter((kind) => !(ofAges.includes(kind) && withoutAnAge.includes(id)))
        .filter((kind) => !kinds.includes(kind))
        .map((kind) => `${id}: no row that is “${kind}”`);
    });
    expect(missing).toEqual([]);
  });

  test('expect what their place in the table says', () => {
    const wrong = families.filter(({ covers, expected }) => covers !== undefined && !expectedOf[covers].includes(expected));
    expect(wrong.map(({ where }) => where)).toEqual([]);
  });

  test.each([
    ['on the boundary day', 'one day outside'],
    ['on the boundary age', 'one day past the age'],
  ] as const)('that are “%s” have a neighbour “%s” that differs by a single day', (inside, outside) => {
    const alone = families.filter(
      (family) =>
        family.covers === inside &&
        !rowsFor(family.input.ruleSet, family.question).some((other) => other.covers === outside && differByOneDay(family, other)),
    );
    expect(alone.map(({ where }) => where)).toEqual([]);
  });

  test.each(ruleSetNames)('of %s ask for each outcome, for headings and for dependent children', (ruleSet) => {
    expect(new Set(rowsFor(ruleSet, 'outcome').map(({ expected }) => expected))).toEqual(
      new Set(['eligible', 'not-eligible', 'cannot-tell']),
    );
    expect(new Set(rowsFor(ruleSet, 'dependent child').map(({ expected }) => expected))).toEqual(new Set(['met', 'not-met', 'unknown']));
    const headings = families.filter(({ input, question }) => input.ruleSet === ruleSet && question.startsWith('heading '));
    expect(new Set(headings.map(({ expected }) => expected))).toEqual(new Set(['met', 'not-met', 'unknown']));
  });

  test('have names of their own, and say why and by which rule', () => {
    expect(new Set(families.map(({ where }) => where)).size).toBe(families.length);
    expect(new Set(families.map((family) => family.case)).size).toBe(families.length);
    expect(
      families.filter(({ why, rule, description }) => why === '' || rule === '' || description === '').map(({ where }) => where),
    ).toEqual([]);
  });

  test('are at least 150', () => {
    expect(families.length).toBeGreaterThanOrEqual(150);
  });
});

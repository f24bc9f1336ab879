import * as fc from 'fast-check';
import { dayOf, isoOf, monthsOn } from './days.ts';
import { daysBehind, type Feed, type RuleSetName, type Term } from './evaluator-input.ts';

/** First and last day on which each rule set is in force here; the last is open, so any later day does. */
const inForce: Readonly<Record<RuleSetName, readonly [string, string]>> = {
  'troubled-families-phase-1': ['2012-04-01', '2015-03-31'],
  'troubled-families-expanded': ['2015-04-01', '2021-03-31'],
  'supporting-families-six-headings': ['2021-04-01', '2022-10-02'],
  'supporting-families-ten-headings': ['2022-10-03', '2025-03-31'],
  'families-first': ['2025-04-01', '2028-03-01'],
};

/** Term dates of one council: not the bounds of the year, so that half the edges are in holidays. */
export const usualTerms = (firstYear: number, lastYear: number): Term[] =>
  Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index).flatMap((schoolYear): Term[] => [
    { schoolYear, term: 'autumn', from: `${schoolYear}-09-03`, to: `${schoolYear}-12-20` },
    { schoolYear, term: 'spring', from: `${schoolYear + 1}-01-06`, to: `${schoolYear + 1}-03-29` },
    { schoolYear, term: 'summer', from: `${schoolYear + 1}-04-15`, to: `${schoolYear + 1}-07-20` },
  ]);

/** The days on which something changes: both ends of a rule set, leap days and their neighbours, the ends of terms. */
export const daysToAskAbout = (ruleSet: RuleSetName): string[] => {
  const [first, last] = inForce[ruleSet];
  const edges = usualTerms(Number(first.slice(0, 4)) - 1, Number(last.slice(0, 4))).flatMap(({ from, to }) => [from, to]);
  const leapDays = [
    '2016-02-29',
    '2020-02-29',
    '2024-02-29',
    '2028-02-29',
    '2013-02-28',
    '2017-02-28',
    '2025-02-28',
    '2022-02-28',
    '2026-02-28',
  ];
  const special = [first, last, '2015-08-31', '2015-09-01', ...leapDays, ...edges];
  const near = special.flatMap((date) => [-1, 0, 1].map((days) => isoOf(dayOf(date) + days)));
  return [...new Set(near)].filter((date) => first <= date && date <= last).sort();
};

/** The edges of everything that is looked back on from a day, by name. */
type Edge = 'today' | 'tomorrow' | 'a year ago' | 'terms began' | 'terms ended' | 'files lag' | 'half a year ago' | 'long ago';
const edges: readonly Edge[] = [
  'today',
  'tomorrow',
  'a year ago',
  'terms began',
  'terms ended',
  'files lag',
  'half a year ago',
  'long ago',
];

/** A day at an edge, the day before or the day after; rarely further off. */
export interface NearEdge {
  readonly edge: Edge;
  readonly days: number;
}

export const nearEdge: fc.Arbitrary<NearEdge> = fc.record({
  edge: fc.constantFrom(...edges),
  days: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(0, -1, 1) }, { weight: 1, arbitrary: fc.integer({ min: -200, max: 40 }) }),
});

export const dayOfEdge = (edge: Edge, asAt: string, terms: readonly Term[], feed: Feed): number => {
  const today = dayOf(asAt);
  const over = terms.filter(({ to }) => dayOf(to) <= today + 1).slice(-3);
  switch (edge) {
    case 'today':
      return today;
    case 'tomorrow':
      return today + 1;
    case 'a year ago':
      return monthsOn(today + 1, -12);
    case 'terms began':
      return dayOf(over[0]?.from ?? asAt);
    case 'terms ended':
      return dayOf(over.at(-1)?.to ?? asAt);
    case 'files lag':
      return today + 1 - daysBehind[feed];
    case 'half a year ago':
      return monthsOn(today, -6);
    case 'long ago':
      return monthsOn(today, -40);
  }
};

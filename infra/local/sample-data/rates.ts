import type { FamilyStructure } from './model.ts';
import { drawTable, type DrawTable } from './random.ts';

/** How often things are so in the invented population. */
export const populationRates = {
  structures: drawTable<FamilyStructure>([
    ['couple', 40],
    ['lone-parent', 21],
    ['separated-parents', 11],
    ['step-family', 8.5],
    ['kinship-carers', 4],
    ['refuge', 1],
    ['adoptive', 1],
    ['no-children', 10],
    ['shared-address', 3.5],
  ]),
  childCount: drawTable([
    [1, 40],
    [2, 37],
    [3, 16],
    [4, 5],
    [5, 2],
  ] as const),
  twins: 0.03,
  sameNamedSon: 0.04,
  expectingAnother: 0.05,
  adultChildAtHome: 0.08,
  grandparentAtHome: 0.04,
  mixedCommunities: 0.07,
  married: 0.62,
  moved: 0.16,
} as const;

/** How many headings a family is planned to meet; the truth is taken from the rows written afterwards, not from this plan. */
export const plannedHeadings: { readonly withDependentChild: DrawTable<number>; readonly without: DrawTable<number> } = {
  withDependentChild: drawTable([
    [0, 35],
    [1, 30],
    [2, 19],
    [3, 10],
    [4, 5],
    [5, 1],
  ] as const),
  without: drawTable([
    [0, 66],
    [1, 22],
    [2, 10],
    [3, 2],
  ] as const),
};

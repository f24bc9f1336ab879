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
  /** Of separated families: the children are with the other parent in some files. */
  childWithTwoHomes: 0.5,
  /** Of adults who live alone: same name and day of birth as somebody elsewhere. */
  namesake: 0.1,
} as const;

/** How many headings a family is planned to meet; the truth is taken from the rows written afterwards, not from this plan. */
export const plannedHeadings: { readonly withDependentChild: DrawTable<number>; readonly without: DrawTable<number> } = {
  withDependentChild: drawTable([
    [0, 30],
    [1, 28],
    [2, 23],
    [3, 12],
    [4, 6],
    [5, 1],
  ] as const),
  without: drawTable([
    [0, 66],
    [1, 22],
    [2, 10],
    [3, 2],
  ] as const),
};

/**
 * How often the files tell of things that meet no criterion: what is over, what is of another kind, what concerns others.
 * Per person of the ages concerned, unless said otherwise.
 */
export const backgroundRates = {
  closedSocialCare: 0.14,
  olderConference: 0.02,
  suspendedTooSeldom: 0.12,
  stillListedAtPrimary: 0.25,
  /** Per review more than a year ago. */
  olderHealthConcern: 0.08,
  dischargedAdult: 0.12,
  /** Each contact makes a further one as likely again. */
  policeContact: 0.42,
  policeVictim: 0.14,
  otherOffence: 0.06,
  olderAntisocialBehaviour: 0.04,
  olderDomesticAbuse: 0.03,
  olderYouthOffence: 0.09,
  unknownToJobcentre: 0.1,
  claimJustEnded: 0.03,
  inWorkOnUniversalCredit: 0.2,
  /** Per family. */
  socialTenancy: 0.42,
  /** Per household at a shared address. */
  sharedAddressTenancy: 0.2,
  /** Per family. */
  endedHomelessness: 0.05,
} as const;

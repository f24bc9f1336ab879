import * as fc from 'fast-check';
import { criteriaOf } from './second-evaluation.ts';
import { daysBehind, type EvaluatorInput, type FamilyFact, type Feed } from './evaluator-input.ts';
import { nearEdge, type NearEdge } from './random-calendar.ts';

export interface RandomRecord {
  readonly feed: Feed;
  readonly agency: string;
  readonly seen: NearEdge;
  readonly ended: NearEdge | undefined;
  readonly facts: readonly RandomFact[];
}

export interface RandomFact {
  readonly fields: FieldsOf;
  /** Of a term's figures: 0 is the term that ended last. */
  readonly termsBack?: number;
  readonly from: NearEdge | 'no date' | 'before birth';
  readonly to: NearEdge | 'no date' | undefined;
  readonly copies: number;
}

const feedNames = Object.keys(daysBehind) as Feed[];

/** Everything but the dates of a fact, and the feed that usually brings it. */
interface Kind {
  readonly feed: Feed;
  readonly fields: FieldsOf;
}
type FieldsOf = Omit<FamilyFact, 'from' | 'to'>;

const kinds: readonly Kind[] = [
  { feed: 'youth-justice', fields: { kind: 'proven-offence' } },
  { feed: 'youth-justice', fields: { kind: 'youth-justice-order' } },
  ...['suspect', 'victim', 'witness', 'subject'].flatMap((role) =>
    [true, false].map((domesticAbuse): Kind => ({
      feed: 'police-incidents',
      fields: { kind: 'police-incident', role, antisocialBehaviour: !domesticAbuse, domesticAbuse, childPresent: true },
    })),
  ),
  { feed: 'suspensions', fields: { kind: 'exclusion', category: 'suspension', sessions: 2 } },
  { feed: 'suspensions', fields: { kind: 'exclusion', category: 'suspension', sessions: 2 } },
  { feed: 'suspensions', fields: { kind: 'exclusion', category: 'permanent', sessions: 0 } },
  { feed: 'school-roll', fields: { kind: 'school-enrolment', status: 'enrolled' } },
  { feed: 'school-roll', fields: { kind: 'school-enrolment', status: 'left' } },
  { feed: 'dwp-benefits', fields: { kind: 'out-of-work-benefit', benefit: 'universal-credit' } },
  { feed: 'dwp-benefits', fields: { kind: 'employment' } },
  { feed: 'housing-arrears', fields: { kind: 'rent-arrears', noticeServed: false } },
  { feed: 'housing-arrears', fields: { kind: 'rent-arrears', noticeServed: true } },
  { feed: 'housing-arrears', fields: { kind: 'eviction-action' } },
  { feed: 'homelessness', fields: { kind: 'homelessness-duty', duty: 'relief' } },
  ...['early-help-episode', 'child-in-need', 'child-protection-plan'].map((kind): Kind => ({
    feed: 'childrens-social-care',
    fields: { kind },
  })),
  ...['victim', 'perpetrator', 'child-affected'].map((role): Kind => ({
    feed: 'domestic-abuse-marac',
    fields: { kind: 'domestic-abuse', role, repeat: false },
  })),
  ...['development', 'growth-or-feeding', 'not-brought', 'parental-mental-health'].map((concern): Kind => ({
    feed: 'health-visiting',
    fields: { kind: 'child-health-concern', concern },
  })),
  { feed: 'health-visiting', fields: { kind: 'expecting-a-child' } },
  { feed: 'adult-health', fields: { kind: 'mental-health-need' } },
  { feed: 'adult-health', fields: { kind: 'substance-misuse-need', substance: 'alcohol' } },
];

const someKind = fc.constantFrom(...kinds).map((kind) => ({ ...kind, copies: 1 }));

/** Two, three or four of one kind: the numbers on either side of "three or more". */
const several = fc
  .tuple(
    fc.constantFrom(...kinds.filter(({ feed }) => feed === 'suspensions' || feed === 'police-incidents')),
    fc.integer({ min: 2, max: 4 }),
  )
  .map(([kind, copies]) => ({ ...kind, copies }));

const nomination = (ruleSet: EvaluatorInput['ruleSet']) => {
  const needs = Object.keys(criteriaOf[ruleSet]).filter((id) => id.startsWith('SF.'));
  const headings = needs.length > 0 ? needs : ['H1', 'H2', 'H3', 'H4', 'H5', 'H6'];
  return fc.constantFrom(...headings).map((heading) => ({
    feed: 'professional-referral' as const,
    fields: { kind: 'nominated-need', heading, note: true },
    copies: 1,
  }));
};

const impossible = <T>(usual: fc.Arbitrary<T>, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...others) });

/** Sessions of which the part missed is at, just under or just over a line of the rules; now and then figures that cannot be. */
const termFigures: fc.Arbitrary<FieldsOf> = fc
  .record({
    possible: impossible(fc.constantFrom(100, 60, 20), 0, -20, 99.5, 400),
    part: fc.constantFrom(0, 0.1, 0.15, 0.5, 1),
    more: fc.constantFrom(0, 1, -1),
    authorised: impossible(fc.constantFrom(0, 0, 1), -1, 0.5, 300),
  })
  .map(({ possible, part, more, authorised }) => ({
    kind: 'school-attendance',
    sessionsPossible: possible,
    sessionsAuthorised: authorised,
    sessionsUnauthorised: Math.round(possible * part) + more,
  }));

/** Figures of some of the last four terms, of one school or of two, often the same in each term so that the sum is at a line too. */
const attendance: fc.Arbitrary<readonly RandomFact[]> = fc
  .record({
    figures: termFigures,
    others: termFigures,
    terms: fc.oneof(fc.constant<number[]>([0, 1, 2]), fc.subarray<number>([0, 1, 2, 3])),
    differs: fc.nat({ max: 6 }),
    twoSchools: fc.nat({ max: 6 }),
    from: impossible<RandomFact['from']>(nearEdge, 'no date'),
  })
  .map(({ figures, others, terms, differs, twoSchools, from }) =>
    terms.map((termsBack) => ({
      fields: differs === termsBack ? others : figures,
      termsBack,
      from,
      to: undefined,
      copies: twoSchools === termsBack ? 2 : 1,
    })),
  );

/** One record of some partner: usually of one fact of its feed, sometimes of a fact of another, sometimes of none. */
export const randomRecord = (ruleSet: EvaluatorInput['ruleSet']): fc.Arbitrary<RandomRecord> =>
  fc
    .record({
      kind: fc.oneof({ weight: 6, arbitrary: someKind }, { weight: 1, arbitrary: several }, { weight: 2, arbitrary: nomination(ruleSet) }),
      isAttendance: fc.nat({ max: 4 }),
      figures: attendance,
      anotherFeed: impossible<Feed | undefined>(fc.constant(undefined), ...feedNames),
      agency: fc.constantFrom('one', 'two'),
      seen: fc.oneof(fc.constant<NearEdge>({ edge: 'today', days: 0 }), nearEdge),
      ended: fc.option(nearEdge, { freq: 5, nil: undefined }),
      dates: fc.array(
        fc.record({
          from: fc.oneof(
            { weight: 2, arbitrary: impossible<RandomFact['from']>(nearEdge, 'no date', 'before birth') },
            { weight: 1, arbitrary: fc.constant<NearEdge>({ edge: 'half a year ago', days: 0 }) },
          ),
          to: fc.oneof(
            { weight: 12, arbitrary: fc.constant(undefined) },
            { weight: 6, arbitrary: nearEdge },
            { weight: 1, arbitrary: fc.constant('no date' as const) },
          ),
        }),
        { maxLength: 2, size: 'max' },
      ),
    })
    .map(({ kind, isAttendance, figures, anotherFeed, agency, seen, ended, dates }) => ({
      feed: anotherFeed ?? (isAttendance === 1 ? 'school-attendance' : kind.feed),
      agency,
      seen,
      ended,
      facts: isAttendance === 1 ? figures : dates.map((each) => ({ ...each, fields: kind.fields, copies: kind.copies })),
    }));

/** A need as plain as can be: half a year ago or since then, and still there in today's file. */
export const plainRecord = (ruleSet: EvaluatorInput['ruleSet']): fc.Arbitrary<RandomRecord> =>
  fc.oneof({ weight: 3, arbitrary: someKind }, { weight: 1, arbitrary: nomination(ruleSet) }).map(({ feed, fields }) => ({
    feed,
    agency: 'one',
    seen: { edge: 'today', days: 0 },
    ended: undefined,
    facts: [{ fields, from: { edge: 'half a year ago', days: 0 }, to: undefined, copies: 1 }],
  }));

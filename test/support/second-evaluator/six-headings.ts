import { adult, child, type Ages } from './ages.ts';
import { answerOf, overWays, type Way } from './answers.ts';
import { absenceOf } from './attendance.ts';
import { dayOf } from './days.ts';
import type { EvaluatorInput, Feed, Value } from './evaluator-input.ts';
import {
  anyOf,
  childInNeed,
  childProtectionPlan,
  domesticAbuseAs,
  domesticAbuseCallOut,
  domesticAbuseCallOutAs,
  earlyHelp,
  evictionAction,
  healthConcern,
  homelessnessDuty,
  mentalHealthNeed,
  nominatedFor,
  outOfWorkBenefit,
  permanentExclusion,
  provenOffence,
  rentArrears,
  substanceMisuse,
  suspectOfAntisocialBehaviour,
  suspension,
} from './kinds-of-fact.ts';

const oneCase = { atLeast: 1, counted: 'for each person', silence: 'register' } as const satisfies Partial<Way>;

/** Rules §3.2, rows with the look-back "current": somebody of these ages of whom it is so today. */
const today =
  (of: Ages, shows: Way['shows'], feed: Feed, silence: Way['silence'] = 'register') =>
  (input: EvaluatorInput): Value =>
    overWays([answerOf(input, { ...oneCase, of, look: 'today', shows, feeds: [feed], silence })]);

/** Rules §3.2, rows with the look-back "12 m": somebody of these ages to whom it happened in the last twelve months. */
const inTwelveMonths =
  (of: Ages, shows: Way['shows'], feeds: readonly Feed[], silence: Way['silence'] = 'register') =>
  (input: EvaluatorInput): Value =>
    overWays([answerOf(input, { ...oneCase, of, look: 'twelve months', shows, feeds, silence })]);

/** Rules §3.2, H2, "last 3 terms": one child with so many exclusions of a kind; one that two agencies report is one. */
const exclusions =
  (shows: Way['shows'], atLeast: number) =>
  (input: EvaluatorInput): Value =>
    overWays([
      answerOf(input, {
        ...oneCase,
        counted: 'by days for each person',
        of: child,
        look: 'three terms',
        shows,
        atLeast,
        feeds: ['suspensions'],
      }),
    ]);

/**
 * Rules §3.2, P2.H2.1: unauthorised absence of more than 10 % over the last three terms. Until August 2015 the line was 85 %
 * attendance (§3.1 P2.G4, §11 no. 5): 15 % or more.
 */
const absence = (input: EvaluatorInput): Value =>
  absenceOf(input, {
    sessions: 'unauthorised',
    reading: 'three terms together',
    isOver: (missed, possible) =>
      dayOf(input.family.asAt) < dayOf('2015-09-01') ? missed * 100 >= possible * 15 : missed * 100 > possible * 10,
  });

/** Rules §3.2, P2.H5.3: repeat police call-outs to domestic abuse in twelve months, two days of them or more in the family. */
const repeatCallOuts = (input: EvaluatorInput): Value =>
  overWays([
    answerOf(input, {
      of: 'anybody',
      look: 'twelve months',
      shows: domesticAbuseCallOut,
      atLeast: 2,
      counted: 'by days in the family',
      feeds: ['police-incidents'],
      silence: 'register',
    }),
  ]);

/** Rules §3.2, "professional nomination": of the heading, in twelve months; the council takes them in itself. */
const nomination =
  (heading: string) =>
  (input: EvaluatorInput): Value =>
    overWays([
      answerOf(input, {
        of: 'anybody',
        look: 'twelve months',
        shows: nominatedFor(heading),
        atLeast: 1,
        counted: 'in the family',
        feeds: ['professional-referral'],
        silence: 'kept here',
      }),
    ]);

const underFive: Ages = { from: 0, below: 5 };

/** Rules §3.2, in its order and with its ids; nominations follow the rows of their heading. */
export const sixHeadings: Readonly<Record<string, (input: EvaluatorInput) => Value>> = {
  'P2.H1.1': inTwelveMonths({ from: 10, below: 18 }, provenOffence, ['youth-justice']),
  'P2.H1.2': inTwelveMonths('anybody', suspectOfAntisocialBehaviour, ['police-incidents']),
  'P2.H1.5': nomination('H1'),
  'P2.H2.1': absence,
  'P2.H2.2': exclusions(suspension, 3),
  'P2.H2.3': exclusions(permanentExclusion, 1),
  'P2.H2.6': nomination('H2'),
  'P2.H3.1': today(child, earlyHelp, 'childrens-social-care'),
  'P2.H3.2': today(child, childInNeed, 'childrens-social-care'),
  'P2.H3.3': today(child, childProtectionPlan, 'childrens-social-care'),
  'P2.H3.5': nomination('H3'),
  'P2.H4.1': today(adult, outOfWorkBenefit, 'dwp-benefits', { rowExpected: { from: 18, below: 66 } }),
  'P2.H4.3-rent': today(adult, anyOf(rentArrears, evictionAction), 'housing-arrears'),
  'P2.H4.3-home': today('anybody', homelessnessDuty, 'homelessness'),
  'P2.H4.4': nomination('H4'),
  'P2.H5.1': inTwelveMonths('anybody', anyOf(domesticAbuseAs('victim', 'child-affected'), domesticAbuseCallOutAs('victim')), [
    'domestic-abuse-marac',
    'police-incidents',
  ]),
  'P2.H5.2': inTwelveMonths('anybody', anyOf(domesticAbuseAs('perpetrator'), domesticAbuseCallOutAs('suspect')), [
    'domestic-abuse-marac',
    'police-incidents',
  ]),
  'P2.H5.3': repeatCallOuts,
  'P2.H5.4': nomination('H5'),
  'P2.H6.1': today('anybody', mentalHealthNeed, 'adult-health'),
  'P2.H6.2': today('anybody', substanceMisuse, 'adult-health'),
  'P2.H6.3': inTwelveMonths(underFive, healthConcern, ['health-visiting'], { rowExpected: underFive }),
  'P2.H6.4': nomination('H6'),
};

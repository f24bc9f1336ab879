import { adult, child, childOrUnborn, type Ages } from './ages.ts';
import { answerOf, overWays, type Answer, type Way } from './answers.ts';
import { absenceOf } from './attendance.ts';
import type { EvaluatorInput, Feed, Value } from './evaluator-input.ts';
import {
  anyOf,
  childInNeed,
  childProtectionPlan,
  domesticAbuseAs,
  domesticAbuseCallOutAs,
  evictionAction,
  healthConcernAbout,
  homelessnessDuty,
  mentalHealthNeed,
  nominatedFor,
  noticeToQuit,
  outOfWorkBenefit,
  permanentExclusion,
  provenOffence,
  rentArrears,
  substanceMisuse,
  suspectOfAnything,
  suspension,
} from './kinds-of-fact.ts';

type WayToShow = (input: EvaluatorInput, need: string) => Answer;

const oneCase = { atLeast: 1, counted: 'for each person', silence: 'register' } as const satisfies Partial<Way>;

/** Rules §4.2, "judgement": a professional named the need in the last twelve months. */
const named =
  (of: Ages, silence: 'assessment' | 'says nothing'): WayToShow =>
  (input, need) =>
    answerOf(input, { ...oneCase, of, look: 'twelve months', shows: nominatedFor(need), feeds: ['professional-referral'], silence });

/** A need that only a professional can see: a whole-family assessment in the window that does not name it found none. */
const byJudgement = (of: Ages) => needOf([named(of, 'assessment')]);

/** A need that files can show, and a professional too. */
const byFiles = (of: Ages, ...ways: readonly WayToShow[]) => needOf([...ways, named(of, 'says nothing')]);

const needOf =
  (ways: readonly WayToShow[]) =>
  (input: EvaluatorInput, need: string): Value =>
    overWays(ways.map((way) => way(input, need)));

const way =
  (look: Way['look'], of: Ages, shows: Way['shows'], feeds: readonly Feed[], more: Partial<Way> = {}): WayToShow =>
  (input) =>
    answerOf(input, { ...oneCase, of, look, shows, feeds, ...more });

/** Rules §4.2, SF.1.1: mean attendance below 90 %, all absence, in two of the last three terms. */
const lowAttendance: WayToShow = (input) =>
  absenceOf(input, {
    sessions: 'all',
    reading: 'in two terms of three',
    isOver: (missed, possible) => (possible - missed) * 100 < possible * 90,
  });

/** Rules §4.2, SF.1.2: attendance below 50 % over the last three terms. */
const severeAbsence: WayToShow = (input) =>
  absenceOf(input, {
    sessions: 'all',
    reading: 'three terms together',
    isOver: (missed, possible) => (possible - missed) * 100 < possible * 50,
  });

const offending: Ages = { from: 10, below: 18 };
const sixteenOrSeventeen: Ages = { from: 16, below: 18 };
const underFive: Ages = { from: 0, below: 5 };
const offenceOrSuspicion = anyOf(provenOffence, suspectOfAnything);
const marac = ['domestic-abuse-marac', 'police-incidents'] as const;

/** Rules §4.2, in its order and with its ids. */
export const tenHeadings: Readonly<Record<string, (input: EvaluatorInput, need: string) => Value>> = {
  'SF.1.1': byFiles(child, lowAttendance),
  'SF.1.2': byFiles(child, severeAbsence),
  'SF.1.3': byFiles(
    child,
    way('three terms', child, suspension, ['suspensions'], { atLeast: 3, counted: 'by days for each person' }),
    way('three terms', child, permanentExclusion, ['suspensions']),
  ),
  'SF.1.4': byJudgement(child),
  'SF.1.5': byJudgement(child),
  'SF.2.1': byJudgement('anybody'),
  'SF.2.2': byFiles(
    underFive,
    way('twelve months', underFive, healthConcernAbout('growth-or-feeding', 'not-brought'), ['health-visiting'], {
      silence: { rowExpected: underFive },
    }),
  ),
  'SF.2.3': byFiles(
    underFive,
    way('twelve months', underFive, healthConcernAbout('development'), ['health-visiting'], { silence: { rowExpected: underFive } }),
  ),
  'SF.3.1': byJudgement(child),
  'SF.3.2': byFiles(adult, way('today', adult, mentalHealthNeed, ['adult-health'])),
  'SF.3.3': byJudgement('anybody'),
  'SF.4.1': byFiles(adult, way('today', adult, substanceMisuse, ['adult-health'])),
  'SF.4.2': byJudgement(child),
  'SF.5.1': byJudgement('anybody'),
  'SF.5.2': byJudgement('anybody'),
  'SF.5.3': byJudgement(child),
  'SF.5.4': byJudgement(child),
  // An unborn child's plan is a plan for that child, where unborn children count (§4.1 SF.G1).
  'SF.6.1': byFiles(childOrUnborn, way('today', childOrUnborn, anyOf(childInNeed, childProtectionPlan), ['childrens-social-care'])),
  'SF.6.2': byJudgement(child),
  'SF.6.3': byJudgement(child),
  'SF.6.4': byJudgement(child),
  'SF.6.5': byJudgement(child),
  'SF.6.6': byJudgement(child),
  'SF.7.1': byFiles(adult, way('twelve months', adult, offenceOrSuspicion, ['police-incidents'])),
  'SF.7.2': byJudgement(child),
  'SF.7.3': byFiles(offending, way('twelve months', offending, offenceOrSuspicion, ['police-incidents', 'youth-justice'])),
  'SF.8.1': byFiles(adult, way('twelve months', adult, anyOf(domesticAbuseAs('victim'), domesticAbuseCallOutAs('victim')), marac)),
  'SF.8.2': byFiles(adult, way('twelve months', adult, anyOf(domesticAbuseAs('perpetrator'), domesticAbuseCallOutAs('suspect')), marac)),
  'SF.8.3': byFiles(
    child,
    way('twelve months', child, anyOf(domesticAbuseAs('child-affected'), domesticAbuseCallOutAs('victim', 'witness')), marac),
  ),
  'SF.9.1': byJudgement('anybody'),
  'SF.9.2': byFiles(
    'anybody',
    way('today', 'anybody', anyOf(homelessnessDuty, evictionAction, noticeToQuit), ['homelessness', 'housing-arrears']),
  ),
  'SF.9.3': byJudgement(sixteenOrSeventeen),
  'SF.10.1': byFiles(adult, way('today', adult, outOfWorkBenefit, ['dwp-benefits'], { silence: { rowExpected: { from: 18, below: 66 } } })),
  'SF.10.2': byFiles(adult, way('today', adult, rentArrears, ['housing-arrears'])),
  'SF.10.3': byJudgement(sixteenOrSeventeen),
};

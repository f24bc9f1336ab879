import { adult, child } from './ages.ts';
import { answerOf, overWays, type Way } from './answers.ts';
import { absenceOf } from './attendance.ts';
import type { EvaluatorInput, Value } from './evaluator-input.ts';
import {
  anyDomesticAbuse,
  anyOf,
  childInNeed,
  childProtectionPlan,
  domesticAbuseCallOutAs,
  evictionAction,
  mentalHealthNeed,
  nominated,
  outOfWorkBenefit,
  permanentExclusion,
  provenOffence,
  rentArrears,
  substanceMisuse,
  suspectOfAntisocialBehaviour,
  suspension,
} from './kinds-of-fact.ts';

/** The usual way: one case of it, of one person, in a register that holds every case. */
const oneCase = { atLeast: 1, counted: 'for each person', silence: 'register' } as const satisfies Partial<Way>;

/** Rules §2.1, A: an under-18 with a proven offence, one or more in the last 12 months. */
const youthCrime = (input: EvaluatorInput): Value =>
  overWays([answerOf(input, { ...oneCase, of: child, look: 'twelve months', shows: provenOffence, feeds: ['youth-justice'] })]);

/** Rules §2.1, A: any member with antisocial behaviour, one or more in the last 12 months. */
const antisocialBehaviour = (input: EvaluatorInput): Value =>
  overWays([
    answerOf(input, {
      ...oneCase,
      of: 'anybody',
      look: 'twelve months',
      shows: suspectOfAntisocialBehaviour,
      feeds: ['police-incidents'],
    }),
  ]);

/** Rules §2.1, B: a permanent exclusion, or three or more fixed-term exclusions, over the last three consecutive terms. */
const exclusions = (input: EvaluatorInput): Value =>
  overWays([
    answerOf(input, { ...oneCase, of: child, look: 'three terms', shows: permanentExclusion, feeds: ['suspensions'] }),
    answerOf(input, {
      of: child,
      look: 'three terms',
      shows: suspension,
      atLeast: 3,
      counted: 'by days for each person',
      feeds: ['suspensions'],
      silence: 'register',
    }),
  ]);

/** Rules §2.1, B: unauthorised absence of 15 % or more over the last three consecutive terms. Compared without rounding (§4.3). */
const absence = (input: EvaluatorInput): Value =>
  absenceOf(input, {
    sessions: 'unauthorised',
    reading: 'three terms together',
    isOver: (missed, possible) => missed * 100 >= possible * 15,
  });

/** Rules §2.1, C: an adult on an out-of-work benefit now. A row is expected for every adult of working age. */
const outOfWork = (input: EvaluatorInput): Value =>
  overWays([
    answerOf(input, {
      ...oneCase,
      of: adult,
      look: 'today',
      shows: outOfWorkBenefit,
      feeds: ['dwp-benefits'],
      silence: { rowExpected: { from: 18, below: 66 } },
    }),
  ]);

/** Rules §2.1, D, "CIN/CP". */
const socialCare = (input: EvaluatorInput): Value =>
  overWays([
    answerOf(input, {
      ...oneCase,
      of: child,
      look: 'today',
      shows: anyOf(childInNeed, childProtectionPlan),
      feeds: ['childrens-social-care'],
    }),
  ]);

/** Rules §2.1, D, "domestic abuse". */
const domesticAbuse = (input: EvaluatorInput): Value =>
  overWays([
    answerOf(input, {
      ...oneCase,
      of: 'anybody',
      look: 'twelve months',
      shows: anyOf(anyDomesticAbuse, domesticAbuseCallOutAs('victim', 'suspect')),
      feeds: ['domestic-abuse-marac', 'police-incidents'],
    }),
  ]);

/** Rules §2.1, D, "drug/alcohol, mental health". */
const health = (input: EvaluatorInput): Value =>
  overWays([
    answerOf(input, {
      ...oneCase,
      of: 'anybody',
      look: 'today',
      shows: anyOf(mentalHealthNeed, substanceMisuse),
      feeds: ['adult-health'],
    }),
  ]);

/** Rules §2.1, D, "eviction risk/rent arrears". */
const home = (input: EvaluatorInput): Value =>
  overWays([
    answerOf(input, { ...oneCase, of: adult, look: 'today', shows: anyOf(rentArrears, evictionAction), feeds: ['housing-arrears'] }),
  ]);

/** Rules §2.1, D, everything else that a professional names. */
const nomination = (input: EvaluatorInput): Value =>
  overWays([
    answerOf(input, {
      of: 'anybody',
      look: 'twelve months',
      shows: nominated,
      atLeast: 1,
      counted: 'in the family',
      feeds: ['professional-referral'],
      silence: 'kept here',
    }),
  ]);

export const phaseOne: Readonly<Record<string, (input: EvaluatorInput) => Value>> = {
  'P1.A.1': youthCrime,
  'P1.A.2': antisocialBehaviour,
  'P1.B.1': exclusions,
  'P1.B.4': absence,
  'P1.C.1': outOfWork,
  'P1.D.cin': socialCare,
  'P1.D.abuse': domesticAbuse,
  'P1.D.health': health,
  'P1.D.home': home,
  'P1.D.nominated': nomination,
};

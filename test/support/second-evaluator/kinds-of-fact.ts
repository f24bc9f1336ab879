import type { FamilyFact } from './evaluator-input.ts';

/** Questions that the criteria put to a fact, in the words of the programme's texts. */
type Question = (fact: FamilyFact) => boolean;

export const anyOf =
  (...questions: readonly Question[]): Question =>
  (fact) =>
    questions.some((question) => question(fact));

const isA =
  (kind: string): Question =>
  (fact) =>
    fact.kind === kind;

export const provenOffence = isA('proven-offence');
export const outOfWorkBenefit = isA('out-of-work-benefit');
export const rentArrears = isA('rent-arrears');
export const noticeToQuit: Question = (fact) => fact.kind === 'rent-arrears' && fact.noticeServed === true;
export const evictionAction = isA('eviction-action');
export const homelessnessDuty = isA('homelessness-duty');
export const earlyHelp = isA('early-help-episode');
export const childInNeed = isA('child-in-need');
export const childProtectionPlan = isA('child-protection-plan');
export const mentalHealthNeed = isA('mental-health-need');
export const substanceMisuse = isA('substance-misuse-need');
export const expectingAChild = isA('expecting-a-child');
export const employment = isA('employment');
export const onASchoolRoll: Question = (fact) => fact.kind === 'school-enrolment' && fact.status === 'enrolled';

export const suspension: Question = (fact) => fact.kind === 'exclusion' && fact.category === 'suspension';
export const permanentExclusion: Question = (fact) => fact.kind === 'exclusion' && fact.category === 'permanent';

export const suspectOfAntisocialBehaviour: Question = (fact) =>
  fact.kind === 'police-incident' && fact.antisocialBehaviour === true && fact.role === 'suspect';
export const suspectOfAnything: Question = (fact) => fact.kind === 'police-incident' && fact.role === 'suspect';
export const domesticAbuseCallOut: Question = (fact) => fact.kind === 'police-incident' && fact.domesticAbuse === true;
export const domesticAbuseCallOutAs =
  (...roles: readonly string[]): Question =>
  (fact) =>
    domesticAbuseCallOut(fact) && roles.includes(fact.role ?? '');
export const domesticAbuseAs =
  (...roles: readonly string[]): Question =>
  (fact) =>
    fact.kind === 'domestic-abuse' && roles.includes(fact.role ?? '');
export const anyDomesticAbuse = isA('domestic-abuse');

export const healthConcern = isA('child-health-concern');
export const healthConcernAbout =
  (...concerns: readonly string[]): Question =>
  (fact) =>
    fact.kind === 'child-health-concern' && concerns.includes(fact.concern ?? '');

export const nominated = isA('nominated-need');
export const nominatedFor =
  (heading: string): Question =>
  (fact) =>
    fact.kind === 'nominated-need' && fact.heading === heading;

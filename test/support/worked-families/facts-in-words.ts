import type { FamilyFact, Feed } from '../second-evaluator/evaluator-input.ts';

/** How the sheets write a fact, and the feed that brings it. The fields are those of docs/eligibility-input.md. */
export const factsInWords: Readonly<Record<string, { readonly feed: Feed; readonly fields: Omit<FamilyFact, 'from' | 'to'> }>> = {
  'proven offence': { feed: 'youth-justice', fields: { kind: 'proven-offence' } },
  'suspect of a crime': police({ role: 'suspect' }),
  'suspect of antisocial behaviour': police({ role: 'suspect', antisocialBehaviour: true }),
  'victim of antisocial behaviour': police({ role: 'victim', antisocialBehaviour: true }),
  'victim of domestic abuse called to the police': police({ role: 'victim', domesticAbuse: true }),
  'suspect of domestic abuse called to the police': police({ role: 'suspect', domesticAbuse: true }),
  'witness of domestic abuse called to the police': police({ role: 'witness', domesticAbuse: true }),
  'victim of domestic abuse': conference('victim'),
  'perpetrator of domestic abuse': conference('perpetrator'),
  'child affected by domestic abuse': conference('child-affected'),
  suspension: { feed: 'suspensions', fields: { kind: 'exclusion', category: 'suspension', sessions: 4 } },
  'permanent exclusion': { feed: 'suspensions', fields: { kind: 'exclusion', category: 'permanent', sessions: 0 } },
  'on a school roll': { feed: 'school-roll', fields: { kind: 'school-enrolment', status: 'enrolled' } },
  'out-of-work benefit': { feed: 'dwp-benefits', fields: { kind: 'out-of-work-benefit', benefit: 'universal-credit' } },
  employment: { feed: 'dwp-benefits', fields: { kind: 'employment' } },
  'rent arrears': { feed: 'housing-arrears', fields: { kind: 'rent-arrears', noticeServed: false } },
  'rent arrears with notice': { feed: 'housing-arrears', fields: { kind: 'rent-arrears', noticeServed: true } },
  'eviction action': { feed: 'housing-arrears', fields: { kind: 'eviction-action' } },
  'homelessness duty': { feed: 'homelessness', fields: { kind: 'homelessness-duty', duty: 'relief' } },
  'early help': { feed: 'childrens-social-care', fields: { kind: 'early-help-episode' } },
  'child in need': { feed: 'childrens-social-care', fields: { kind: 'child-in-need' } },
  'child protection plan': { feed: 'childrens-social-care', fields: { kind: 'child-protection-plan' } },
  'mental health need': { feed: 'adult-health', fields: { kind: 'mental-health-need' } },
  'substance misuse need': { feed: 'adult-health', fields: { kind: 'substance-misuse-need', substance: 'alcohol' } },
  'expecting a child': { feed: 'health-visiting', fields: { kind: 'expecting-a-child' } },
  'health concern: development': health('development'),
  'health concern: growth or feeding': health('growth-or-feeding'),
  'health concern: not brought': health('not-brought'),
};

function police(fields: Partial<FamilyFact>) {
  const none = { antisocialBehaviour: false, domesticAbuse: false, childPresent: false };
  return { feed: 'police-incidents' as const, fields: { kind: 'police-incident', ...none, ...fields } };
}

function conference(role: string) {
  return { feed: 'domestic-abuse-marac' as const, fields: { kind: 'domestic-abuse', role, repeat: false } };
}

function health(concern: string) {
  return { feed: 'health-visiting' as const, fields: { kind: 'child-health-concern', concern } };
}

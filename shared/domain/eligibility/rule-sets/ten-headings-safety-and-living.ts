import { fromEachPerson, fromRegister, toCriterion, type Need } from './ten-headings-needs.ts';

const twelveMonths = { unit: 'months', count: 12 } as const;
const current = { unit: 'current' } as const;
const gone = { kind: 'gone' } as const;
const abuseFeeds: ('domestic-abuse-marac' | 'police-incidents')[] = ['domestic-abuse-marac', 'police-incidents'];
const suspect = { kind: 'police-incident' as const, where: { role: 'suspect' } };

/** Headings 6 to 10. */
const needs: readonly Need[] = [
  {
    id: 'SF.6.1',
    who: 'child',
    // An unborn child's plan, or nomination, is about that child.
    ages: { below: 18, orUnborn: true },
    does: 'is a child in need or has a child protection plan',
    question: 'Is there abuse or neglect in the household: a child in need, or on a child protection plan?',
    shown: [fromRegister([{ kind: 'child-in-need' }, { kind: 'child-protection-plan' }], ['childrens-social-care'], current)],
    outcome: 'The risk is down and the plan has ended.',
    test: gone,
  },
  {
    id: 'SF.6.2',
    who: 'child',
    does: 'has been missing from home',
    question: 'Has a child been missing from home?',
    outcome: 'Not missing again.',
  },
  {
    id: 'SF.6.3',
    who: 'child',
    does: 'is at risk of sexual exploitation',
    question: 'Is a child at risk of sexual exploitation?',
    outcome: 'The risk is down.',
  },
  {
    id: 'SF.6.4',
    who: 'child',
    does: 'is at risk of criminal exploitation',
    question: 'Is a child at risk of criminal exploitation?',
    outcome: 'The risk is down.',
  },
  {
    id: 'SF.6.5',
    who: 'child',
    does: 'is at risk of radicalisation',
    question: 'Is a child at risk of radicalisation?',
    outcome: 'The risk is down.',
  },
  {
    id: 'SF.6.6',
    who: 'child',
    does: 'is harmed outside the family',
    question: 'Is a child harmed outside the family: by other young people, by bullying, online?',
    outcome: 'It has stopped, or is less.',
  },
  {
    id: 'SF.7.1',
    who: 'adult',
    does: 'has offended, or was the suspect of an offence, in the last 12 months',
    question: 'Has an adult offended, or been the suspect of an offence, in the last 12 months?',
    shown: [fromRegister([{ kind: 'proven-offence' }, suspect], ['police-incidents'], twelveMonths)],
    outcome: 'No offence.',
    test: gone,
  },
  {
    id: 'SF.7.2',
    who: 'child',
    does: 'is at risk of crime: gangs, weapons or serious violence',
    question: 'Is a young person at risk of crime: gangs, weapons or serious violence?',
    outcome: 'The risk is down.',
  },
  {
    id: 'SF.7.3',
    who: 'child',
    ages: { from: 10, below: 18 },
    does: 'has offended, or was the suspect of an offence or antisocial behaviour, in the last 12 months',
    question: 'Has a young person offended, or been the suspect of an offence or antisocial behaviour, in the last 12 months?',
    shown: [fromRegister([{ kind: 'proven-offence' }, suspect], ['police-incidents', 'youth-justice'], twelveMonths)],
    outcome: 'No offence, or fewer.',
    test: { kind: 'fewer', of: 'days', per: 'person', byPercent: 1, baselineMonths: 6 },
  },
  {
    id: 'SF.8.1',
    who: 'adult',
    does: 'was a victim of domestic abuse in the last 12 months',
    question: 'Has an adult been a victim of domestic abuse in the last 12 months?',
    shown: [
      fromRegister(
        [
          { kind: 'domestic-abuse', where: { role: 'victim' } },
          { kind: 'police-incident', where: { domesticAbuse: true, role: 'victim' } },
        ],
        abuseFeeds,
        twelveMonths,
      ),
    ],
    outcome: 'Safe, and no incident.',
    test: gone,
  },
  {
    id: 'SF.8.2',
    who: 'adult',
    does: 'was named as responsible for domestic abuse in the last 12 months',
    question: 'Has an adult been named as responsible for domestic abuse in the last 12 months?',
    shown: [
      fromRegister(
        [
          { kind: 'domestic-abuse', where: { role: 'perpetrator' } },
          { kind: 'police-incident', where: { domesticAbuse: true, role: 'suspect' } },
        ],
        abuseFeeds,
        twelveMonths,
      ),
    ],
    outcome: 'Behaviour has changed, and no incident.',
    test: gone,
  },
  {
    id: 'SF.8.3',
    who: 'child',
    does: 'was affected by domestic abuse in the last 12 months',
    question: 'Has a child been affected by domestic abuse in the last 12 months?',
    shown: [
      fromRegister(
        [
          { kind: 'domestic-abuse', where: { role: 'child-affected' } },
          { kind: 'police-incident', where: { domesticAbuse: true, role: ['victim', 'witness'] } },
        ],
        abuseFeeds,
        twelveMonths,
      ),
    ],
    outcome: 'The child has had support and is safe.',
  },
  {
    id: 'SF.9.1',
    who: 'family-member',
    does: 'lives in temporary accommodation of the council and may lose it',
    question: 'Does the family live in temporary accommodation of the council that it may lose?',
    outcome: 'A settled home.',
  },
  {
    id: 'SF.9.2',
    who: 'family-member',
    does: 'is threatened with the loss of the home',
    question: 'Is the family homeless, or threatened with eviction or homelessness?',
    shown: [
      fromRegister(
        [{ kind: 'homelessness-duty' }, { kind: 'eviction-action' }, { kind: 'rent-arrears', where: { noticeServed: true } }],
        ['homelessness', 'housing-arrears'],
        current,
      ),
    ],
    outcome: 'A suitable home, and the tenancy is kept.',
    test: gone,
  },
  {
    id: 'SF.9.3',
    who: 'child',
    ages: { from: 16, below: 18 },
    does: 'aged 16 or 17 has been put out of the family home, or may be',
    question: 'Has a young person of 16 or 17 been put out of the family home, or may they be?',
    outcome: 'Back at home, or suitably housed.',
  },
  {
    id: 'SF.10.1',
    who: 'adult',
    does: 'gets an out-of-work benefit',
    question: 'Is an adult out of work?',
    shown: [fromEachPerson([{ kind: 'out-of-work-benefit' }], ['dwp-benefits'], current, { from: 18, below: 66 })],
    outcome: 'In work, or the agreed progress towards it.',
    test: gone,
  },
  {
    id: 'SF.10.2',
    who: 'adult',
    does: 'is behind with the rent, or has debts that cannot be managed',
    question: 'Does an adult need help with money or debt, such as rent arrears?',
    shown: [fromRegister([{ kind: 'rent-arrears' }], ['housing-arrears'], current)],
    outcome: 'A plan is kept and debt is managed.',
    test: gone,
  },
  {
    id: 'SF.10.3',
    who: 'child',
    ages: { from: 16, below: 18 },
    does: 'aged 16 or 17 is not in education, employment or training',
    question: 'Is a young person of 16 or 17 not in education, employment or training?',
    outcome: 'In education, employment or training.',
  },
];

export const safetyAndLiving = needs.map(toCriterion);

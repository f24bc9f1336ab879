import type { RuleSet } from '../rule-set.ts';

/** The same in every rule set: it is about the partners' files, not about the programme. */
export const daysBehindAllowed: RuleSet['daysBehindAllowed'] = {
  days: {
    'school-roll': 120,
    'school-attendance': 120,
    suspensions: 45,
    'police-incidents': 62,
    'youth-justice': 62,
    'dwp-benefits': 123,
    'housing-arrears': 62,
    homelessness: 123,
    'childrens-social-care': 45,
    'domestic-abuse-marac': 45,
    'health-visiting': 123,
    'adult-health': 62,
  },
  citation: { source: 'Council decision to be signed off: one reporting cycle of each feed and a margin', confidence: 'unconfirmed' },
};

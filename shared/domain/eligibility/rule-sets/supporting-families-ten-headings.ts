import { ruleSetSchema, type RuleSet } from '../rule-set.ts';
import { daysBehindAllowed } from './days-behind.ts';
import { educationAndHealth } from './ten-headings-education-and-health.ts';
import { safetyAndLiving } from './ten-headings-safety-and-living.ts';
import { dependentChild2022, guidance2022, hertfordshire } from './ten-headings-sources.ts';

/** What Families First goes on with: the headings, the needs and who counts as a child of the family. */
export const tenHeadings: Pick<RuleSet, 'headings' | 'dependentChild' | 'daysBehindAllowed' | 'criteria' | 'notAsked'> = {
  headings: [
    { id: '1', title: 'Getting a good education' },
    { id: '2', title: 'Good early years development' },
    { id: '3', title: 'Improved mental and physical health' },
    { id: '4', title: 'Better managed substance use' },
    { id: '5', title: 'Improved family relationships' },
    { id: '6', title: 'Children safe from abuse and exploitation' },
    { id: '7', title: 'Families diverted from crime' },
    { id: '8', title: 'Safe from domestic abuse' },
    { id: '9', title: 'Secure housing' },
    { id: '10', title: 'Financial stability' },
  ],
  dependentChild: {
    below: 16,
    inEducationOrUnemployedBelow: 19,
    unbornCounts: true,
    expectantParentCounts: true,
    citation: dependentChild2022,
  },
  daysBehindAllowed,
  criteria: [...educationAndHealth, ...safetyAndLiving],
  notAsked: [],
};

/** Supporting Families on the ten headings of the National Outcome Framework, 3 October 2022 to March 2025. */
export const supportingFamiliesTenHeadings = ruleSetSchema.parse({
  id: 'supporting-families-ten-headings',
  version: '2022-10-03',
  title: 'Supporting Families, ten headings',
  ...tenHeadings,
  // The guidance counts needs; one county asks for three different headings. A council that does too sets the flag in its plan.
  entry: { count: 'needs', atLeast: 3, distinctHeadings: false, citation: guidance2022 },
  claims: { kinds: ['successful-outcome'], sustainFrom: 'case-closure', citation: hertfordshire },
  period: {
    effectiveFrom: '2022-10-03',
    effectiveTo: '2025-04-01',
    because: 'The National Outcome Framework took effect on 3 October 2022; the programme ended on 31 March 2025.',
    citation: guidance2022,
  },
});

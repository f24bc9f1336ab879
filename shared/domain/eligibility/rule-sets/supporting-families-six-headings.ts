import { ruleSetSchema } from '../rule-set.ts';
import { daysBehindAllowed } from './days-behind.ts';
import { sixHeadingsCriteria, sixHeadingsNotAsked, sixHeadingsRules } from './six-headings.ts';
import { guidance2021, hansard2017 } from './six-headings-sources.ts';

/** Supporting Families on the six headings, April 2021 to 2 October 2022, with the wording of Knowsley's page. */
export const supportingFamiliesSixHeadings = ruleSetSchema.parse({
  id: 'supporting-families-six-headings',
  version: '2021-04-01',
  title: 'Supporting Families, six headings',
  headings: [
    { id: 'H1', title: 'Staying safe in the community' },
    { id: 'H2', title: 'Good education and skills for life' },
    { id: 'H3', title: 'Improving children’s life chances' },
    { id: 'H4', title: 'Improving living standards' },
    { id: 'H5', title: 'Staying safe in relationships' },
    { id: 'H6', title: 'Living well: physical and mental health and wellbeing' },
  ],
  entry: { count: 'headings', atLeast: 2, citation: hansard2017 },
  ...sixHeadingsRules,
  daysBehindAllowed,
  criteria: sixHeadingsCriteria,
  notAsked: sixHeadingsNotAsked,
  period: {
    effectiveFrom: '2021-04-01',
    effectiveTo: '2022-10-03',
    because: 'The national programme used these headings from April 2021 until the National Outcome Framework of 3 October 2022.',
    citation: guidance2021,
  },
});

import { ruleSetSchema, type Criterion } from '../rule-set.ts';
import { daysBehindAllowed } from './days-behind.ts';
import { sixHeadingsCriteria, sixHeadingsNotAsked, sixHeadingsRules } from './six-headings.ts';
import { hansard2017, knowsley2015, surreyPlan } from './six-headings-sources.ts';

/** Until August 2015 schools and plans counted 15%, the bound of persistent absence until then. */
const attendanceUntilAugust2015 = (): Criterion => {
  const later = sixHeadingsCriteria.find(({ id }) => id === 'P2.H2.1');
  if (later === undefined) throw new Error('no criterion P2.H2.1');
  return {
    ...later,
    question: 'Has a child missed 15% of school sessions or more without permission over the last three completed terms?',
    says: {
      met: 'A child in this family missed 15% of school sessions or more without permission over the last three completed terms.',
      notMet: 'No child in this family missed 15% of school sessions without permission over the last three completed terms.',
      cannotTell: later.says.cannotTell,
    },
    ways: later.ways.map((way) => ({
      ...way,
      measure: { kind: 'session-rate', reading: 'pooled', sessions: 'unauthorised', op: 'at-least', percent: 15 },
    })),
    citation: surreyPlan,
    effectiveFrom: '2015-04-01',
    effectiveTo: later.effectiveFrom,
  };
};

/** The expanded programme (phase 2), April 2015 to March 2021, with the wording of Knowsley's announcement of 2015. */
export const troubledFamiliesExpanded = ruleSetSchema.parse({
  id: 'troubled-families-expanded',
  version: '2015-04-01',
  title: 'Troubled Families, expanded programme',
  headings: [
    { id: 'H1', title: 'Parents or children involved in crime or antisocial behaviour' },
    { id: 'H2', title: 'Children not attending school regularly' },
    { id: 'H3', title: 'Children who need help' },
    { id: 'H4', title: 'Adults out of work, at risk of financial exclusion, or young people at risk of worklessness' },
    { id: 'H5', title: 'Families affected by domestic violence and abuse' },
    { id: 'H6', title: 'Parents and children with a range of health problems' },
  ],
  entry: { count: 'headings', atLeast: 2, citation: hansard2017 },
  ...sixHeadingsRules,
  daysBehindAllowed,
  criteria: [attendanceUntilAugust2015(), ...sixHeadingsCriteria],
  notAsked: sixHeadingsNotAsked,
  period: {
    effectiveFrom: '2015-04-01',
    effectiveTo: '2021-04-01',
    because: 'All areas joined on 1 April 2015; the programme was extended once, to 31 March 2021. Early adopters began in September 2014.',
    citation: knowsley2015,
  },
});

import type { IsoDate } from '../calendar/calendar-date.ts';
import { isInForce, type RuleSet } from './rule-set.ts';
import { knowsleySixHeadings } from './plans/knowsley-six-headings.ts';
import { troubledFamiliesExpanded } from './rule-sets/troubled-families-expanded.ts';
import { troubledFamiliesPhase1 } from './rule-sets/troubled-families-phase-1.ts';

/** The council's own programme, by the day each rule set took effect. Their periods do not overlap. */
export const ruleSets: readonly RuleSet[] = [troubledFamiliesPhase1, troubledFamiliesExpanded, knowsleySixHeadings];

/** The rule set in force on a day, or undefined where there was none. Which of its criteria are asked is a matter of the day, too. */
export const ruleSetOn = (on: IsoDate, among: readonly RuleSet[] = ruleSets): RuleSet | undefined =>
  among.find(({ period }) => isInForce(period, on));

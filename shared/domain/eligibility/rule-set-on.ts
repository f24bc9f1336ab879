import type { IsoDate } from '../calendar/calendar-date.ts';
import type { RuleSet } from './rule-set.ts';
import { supportingFamiliesSixHeadings } from './rule-sets/supporting-families-six-headings.ts';

/** Every rule set, by the day it took effect. Their periods do not overlap. */
export const ruleSets: readonly RuleSet[] = [supportingFamiliesSixHeadings];

const holdsOn = ({ effectiveFrom, effectiveTo }: { effectiveFrom: IsoDate; effectiveTo?: IsoDate | undefined }, on: IsoDate): boolean =>
  effectiveFrom <= on && (effectiveTo === undefined || on < effectiveTo);

/** The rule set in force on a day with the criteria in force on it, or undefined where there was none. */
export const ruleSetOn = (on: IsoDate, among: readonly RuleSet[] = ruleSets): RuleSet | undefined => {
  const ruleSet = among.find(({ period }) => holdsOn(period, on));
  return ruleSet && { ...ruleSet, criteria: ruleSet.criteria.filter((criterion) => holdsOn(criterion, on)) };
};

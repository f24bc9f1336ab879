import type { IsoDate } from '../../calendar/calendar-date.ts';
import type { RuleSetName } from '../rule-set.ts';
import { endOf, type Act, type DatedVersion, type LifeRefusal } from './rule-set-version.ts';

/** A version as far as its days and its name go. */
export type NamedVersion = DatedVersion & { readonly name: RuleSetName };

const from = ({ ruleSet }: DatedVersion): IsoDate => ruleSet.period.effectiveFrom;

const isStanding = (version: DatedVersion): boolean => {
  const end = endOf(version);
  return version.approved !== undefined && (end === undefined || from(version) < end);
};

/** The approved version that is in force when another one would begin. */
export const predecessorOf = <Version extends NamedVersion>(version: DatedVersion, others: readonly Version[]): Version | undefined =>
  others.filter((other) => isStanding(other) && from(other) < from(version)).toSorted((a, b) => (from(a) < from(b) ? 1 : -1))[0];

/** The approved version that is in force next after another. */
export const successorOf = <Version extends NamedVersion>(version: DatedVersion, others: readonly Version[]): Version | undefined =>
  others.filter((other) => isStanding(other) && from(other) > from(version)).toSorted((a, b) => (from(a) < from(b) ? -1 : 1))[0];

/** The version as it ends on the day on which the next one begins, or goes on where nothing follows it any more. */
export const followedBy = <Version extends DatedVersion>(
  { retired: _, ...version }: Version,
  next: NamedVersion | undefined,
  act: Act,
) => ({
  ...version,
  ...(next && {
    retired: { ...act, on: from(next), because: `Followed by ${next.name.id} of ${next.name.version}.`, followedBy: next.name },
  }),
});

/** Rules that end must be followed to the day: families have to be held against something. */
export const leavesDaysWithoutRules = (version: DatedVersion, others: readonly NamedVersion[]): LifeRefusal | undefined => {
  const end = endOf(version);
  const next = successorOf(version, others);
  return end === undefined || (next !== undefined && from(next) <= end) ? undefined : 'days-without-rules';
};

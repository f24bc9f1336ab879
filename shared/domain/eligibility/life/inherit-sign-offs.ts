import { canonicalJson } from '../replay/canonical-json.ts';
import type { Criterion, RuleSet } from '../rule-set.ts';

const unsigned = ({ signedOffBy: _, ...criterion }: Criterion): Omit<Criterion, 'signedOffBy'> => criterion;

const sameRule = (a: Criterion, b: Criterion): boolean => canonicalJson(unsigned(a)) === canonicalJson(unsigned(b));

/**
 * The rule set with the sign-offs of those criteria that stand in the base word for word, and no others: whoever signed off a rule has
 * not signed off another one, and a sign-off is an act of a person, never something a draft brings along.
 */
export const inheritSignOffs = (draft: RuleSet, base: Pick<RuleSet, 'criteria'> | undefined): RuleSet => ({
  ...draft,
  criteria: draft.criteria.map((criterion) => {
    const signed = base?.criteria.find((other) => other.signedOffBy !== undefined && sameRule(other, criterion));
    return { ...unsigned(criterion), ...(signed && { signedOffBy: signed.signedOffBy }) };
  }),
});

/** Criteria (or `claims.employment`) for which a draft names somebody itself. */
export const broughtSignOffs = ({ criteria, claims }: Pick<RuleSet, 'criteria'> & Partial<Pick<RuleSet, 'claims'>>): readonly string[] => [
  ...criteria.filter(({ signedOffBy }) => signedOffBy !== undefined).map(({ id }) => id),
  ...(claims?.employment?.signedOffBy === undefined ? [] : ['claims.employment']),
];

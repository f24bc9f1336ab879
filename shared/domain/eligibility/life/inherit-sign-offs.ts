import type * as z from 'zod';
import type { signOffSchema } from '../citation.ts';
import { canonicalJson } from '../replay/canonical-json.ts';
import type { RuleSet } from '../rule-set.ts';
import { employmentRule } from './rule-set-version.ts';

type Signable = { readonly signedOffBy?: z.infer<typeof signOffSchema> | undefined };

const unsigned = <Rule extends Signable>({ signedOffBy: _, ...rule }: Rule): Omit<Rule, 'signedOffBy'> => rule;

const sameRule = (a: Signable, b: Signable): boolean => canonicalJson(unsigned(a)) === canonicalJson(unsigned(b));

/** The weeks in work, with their sign-off where the base has them word for word. */
const employmentOf = (
  { employment }: RuleSet['claims'],
  base: Pick<RuleSet, 'claims'> | undefined,
): Pick<RuleSet['claims'], 'employment'> => {
  if (employment === undefined) return {};
  const signed = base?.claims.employment;
  const isSame = signed?.signedOffBy !== undefined && sameRule(signed, employment);
  return { employment: { ...unsigned(employment), ...(isSame && { signedOffBy: signed.signedOffBy }) } };
};

/**
 * The rule set with the sign-offs of those criteria (and of the weeks in work) that stand in the base word for word, and no others: whoever signed off a rule has
 * not signed off another one, and a sign-off is an act of a person, never something a draft brings along.
 */
export const inheritSignOffs = (draft: RuleSet, base: Pick<RuleSet, 'criteria' | 'claims'> | undefined): RuleSet => ({
  ...draft,
  claims: { ...draft.claims, ...employmentOf(draft.claims, base) },
  criteria: draft.criteria.map((criterion) => {
    const signed = base?.criteria.find((other) => other.signedOffBy !== undefined && sameRule(other, criterion));
    return { ...unsigned(criterion), ...(signed && { signedOffBy: signed.signedOffBy }) };
  }),
});

/** Criteria (or `claims.employment`) for which a draft names somebody itself. */
export const broughtSignOffs = ({ criteria, claims }: Pick<RuleSet, 'criteria'> & Partial<Pick<RuleSet, 'claims'>>): readonly string[] => [
  ...criteria.filter(({ signedOffBy }) => signedOffBy !== undefined).map(({ id }) => id),
  ...(claims?.employment?.signedOffBy === undefined ? [] : [employmentRule]),
];

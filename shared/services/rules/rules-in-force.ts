import { standingOn, type RuleSetStanding } from '../../domain/eligibility/life/rule-set-version.ts';
import { ruleSetSchema, type RuleSetName } from '../../domain/eligibility/rule-set.ts';
import type { ContentStore, HashedRuleSet, RuleSetHead, RuleSetRepository } from './rule-set-repository.ts';
import { shippedRuleSets } from './shipped-rule-sets.ts';

/** No rule set is in force: an approval would have been refused that leaves such a day, so the data are damaged. */
class NoRuleSet extends Error {
  constructor(day: string) {
    super(`No rule set is in force on ${day}.`);
    this.name = 'NoRuleSet';
  }
}

const isNamed =
  (name: RuleSetName) =>
  (head: Pick<RuleSetHead, 'name'>): boolean =>
    head.name.id === name.id && head.name.version === name.version;

/** Every version there is: those stored, and those of the code that nobody has decided about. By name, the oldest version first. */
export const listVersions = async ({ listHeads }: Pick<RuleSetRepository, 'listHeads'>): Promise<readonly RuleSetHead[]> => {
  const stored = await listHeads();
  const shipped = shippedRuleSets.flatMap(({ head }) => (stored.some(isNamed(head.name)) ? [] : [head]));
  const key = ({ ruleSet, name }: RuleSetHead): string => `${ruleSet.period.effectiveFrom} ${name.id} ${name.version}`;
  return [...shipped, ...stored].toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
};

/** `not-adopted`: a national generation that this council does not follow. */
export type VersionStanding = RuleSetStanding | 'not-adopted';

export const standingOf = (head: RuleSetHead, day: string): VersionStanding =>
  head.shipped && head.approved === undefined ? 'not-adopted' : standingOn(head, day);

export const findVersion = (heads: readonly RuleSetHead[], name: RuleSetName): RuleSetHead | undefined => heads.find(isNamed(name));

interface Ports {
  readonly ruleSets: Pick<RuleSetRepository, 'listHeads'>;
  readonly contents: Pick<ContentStore, 'find'>;
}

/** Which rules hold when. Texts are kept in memory by their hash, so that the same rule set is always the same object. */
export interface RulesInForce {
  /** The rules that families are held against on a day, as the last approval has it: one small query. */
  readonly on: (day: string) => Promise<HashedRuleSet>;
  /** The rule set of that text, whether or not a version names it. */
  readonly byHash: (sha256: string) => Promise<HashedRuleSet>;
  /** Any version, draft or not; undefined where there is none of that name. */
  readonly named: (name: RuleSetName) => Promise<(HashedRuleSet & { readonly head: RuleSetHead }) | undefined>;
}

export const rulesInForce = ({ ruleSets, contents }: Ports): RulesInForce => {
  const known = new Map<string, HashedRuleSet>(shippedRuleSets.map((each) => [each.sha256, each]));
  const load = async (sha256: string): Promise<HashedRuleSet> => {
    const held = known.get(sha256);
    if (held) return held;
    const text = await contents.find(sha256);
    if (text === undefined) throw new Error(`The text of the rule set with hash ${sha256} is lost.`);
    const loaded = { ruleSet: ruleSetSchema.parse(JSON.parse(text)), sha256 };
    known.set(sha256, loaded);
    return loaded;
  };
  return {
    on: async (day) => {
      const heads = await listVersions(ruleSets);
      const current = heads.find((head) => standingOf(head, day) === 'in-force');
      if (current === undefined) throw new NoRuleSet(day);
      return load(current.sha256);
    },
    byHash: load,
    named: async (name) => {
      const head = findVersion(await listVersions(ruleSets), name);
      return head && { ...(await load(head.sha256)), head };
    },
  };
};

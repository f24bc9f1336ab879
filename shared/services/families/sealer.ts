import type { CoveredPeriod } from '../../domain/eligibility/family-evidence.ts';
import { sealInputs, sharedTexts } from '../../domain/eligibility/replay/seal-determination.ts';
import { usualTerms } from '../../domain/eligibility/term-calendars/usual-terms.ts';
import { sha256 } from '../rules/hash-of.ts';
import type { ContentStore, HashedRuleSet } from '../rules/rule-set-repository.ts';
import type { FamilyChange } from './family-repository.ts';

/** What sealing needs besides what is sealed. */
export interface Sealing {
  readonly contents: Pick<ContentStore, 'keep'>;
  /** Something random, a new one each time. */
  readonly nonce: () => string;
}

type Determined = NonNullable<FamilyChange['determined']>;
type Shared = Parameters<typeof sealInputs>[1];

/** Of the coverage of a batch: many families share it. */
const known = new WeakMap<readonly CoveredPeriod[], Map<string, Shared>>();

const keepShared = async ({ contents }: Sealing, { ruleSet, coverage }: Standard): Promise<Shared> => {
  const texts = sharedTexts({ ruleSet, coverage, termCalendar: usualTerms });
  const hashes = { ruleSet: sha256(texts.ruleSet), coverage: sha256(texts.coverage), termCalendar: sha256(texts.termCalendar) };
  for (const part of ['ruleSet', 'coverage', 'termCalendar'] as const) await contents.keep(hashes[part], texts[part]);
  return hashes;
};

type Standard = HashedRuleSet & { readonly coverage: readonly CoveredPeriod[] };

/**
 * Keeps what the families of a batch are held against under its hash, and gives a function that seals each new determination with its
 * own inputs (docs/adr/0030). Others come out as they went in.
 */
export const sealer = async (sealing: Sealing, standard: Standard): Promise<(determined: Determined) => Determined> => {
  const ofCoverage = known.get(standard.coverage) ?? new Map<string, Shared>();
  known.set(standard.coverage, ofCoverage);
  const shared = ofCoverage.get(standard.sha256) ?? (await keepShared(sealing, standard));
  ofCoverage.set(standard.sha256, shared);
  return ({ evidence, ...determined }) => {
    const { familyId, version, determinedAt, determination } = determined.held;
    if (evidence === undefined || determination === undefined) return determined;
    const inputs = sealInputs({ familyId, version, determinedAt, determination, family: evidence }, shared, {
      sha256,
      nonceOf: sealing.nonce,
    });
    return { ...determined, held: { ...determined.held, inputs: version }, inputs };
  };
};

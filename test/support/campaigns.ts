/**
 * Tests that repeat something with many random inputs. `npm test` runs each at the reduced count, seeded;
 * `npm run campaign -- NAME [--seed N]` at the full one.
 */
export const campaigns = {
  'api-fuzz': { file: 'api-fuzz', reduced: 1_000, full: 10_000 },
  'bad-input': { file: 'test/integration/system/bad-input.test.ts', reduced: 40, full: 1_000 },
  'bent-link': { file: 'test/integration/uploads/bent-link.test.ts', reduced: 300, full: 10_000 },
  verdicts: { file: 'test/unit/contracts/files/verdicts.test.ts', reduced: 200, full: 10_000 },
  'upload-life': { file: 'test/integration/uploads/upload-life.test.ts', reduced: 12, full: 500 },
  holds: { file: 'test/unit/domain/uploads/weighing/weigh-file.test.ts', reduced: 500, full: 10_000 },
  'crowded-blocks': { file: 'test/integration/ingest/crowded-blocks.test.ts', reduced: 400, full: 5_000 },
  households: { file: 'test/unit/domain/families/dwellings/household-index.test.ts', reduced: 500, full: 10_000 },
  matching: { file: 'test/unit/domain/matching/engine/engine-properties.test.ts', reduced: 300, full: 10_000 },
  names: { file: 'test/unit/domain/names/cleaning/clean-names.test.ts', reduced: 500, full: 10_000 },
  judgements: { file: 'test/unit/domain/people/judgements.property.test.ts', reduced: 300, full: 10_000 },
  similarity: { file: 'test/unit/domain/matching/similarity/similarity.test.ts', reduced: 500, full: 10_000 },
  'pupils-alike': { file: 'test/integration/ingest/pupils-alike.test.ts', reduced: 200, full: 1_000 },
  'non-interference': { file: 'test/unit/services/families/non-interference.test.ts', reduced: 60, full: 5_000 },
  eligibility: { file: 'test/unit/domain/eligibility/properties.test.ts', reduced: 150, full: 10_000 },
  'kill-worker': { file: 'test/integration/system/kill-worker.test.ts', reduced: 3, full: 20 },
  withdraw: { file: 'test/integration/ingest/withdraw.test.ts', reduced: 8, full: 1_000 },
  'second-evaluator': { file: 'test/unit/second-evaluator/agreement.test.ts', reduced: 500, full: 100_000 },
} as const satisfies Record<string, { file: string; reduced: number; full: number }>;

export type CampaignName = keyof typeof campaigns;

export interface CampaignSize {
  readonly runs: number;
  readonly seed: number;
}

export const campaign = (name: CampaignName): CampaignSize => {
  const full = process.env['CAMPAIGN'] === name;
  return { runs: full ? campaigns[name].full : campaigns[name].reduced, seed: Number(process.env['CAMPAIGN_SEED'] ?? '1') };
};

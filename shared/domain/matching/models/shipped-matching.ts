import type { Matching } from '../decide-assignment.ts';
import { productionThresholds } from '../decision/decide-row.ts';
import type { MatchModel } from '../model/match-model.ts';
import { prepareModel } from '../model/prepare-model.ts';
import { defaultModel } from './default-model.ts';

/**
 * What ingest decides by, with this model. The guards for twins, siblings and namesakes are on whatever share of relatives the
 * model has learned: a programme for families always meets them.
 */
export const matchingBy = (model: MatchModel): Matching => ({
  model: { ...prepareModel(model), hasFamilies: true },
  thresholds: productionThresholds,
  people: model.people,
});

/** Until a council has trained a model on its own files. */
export const shippedMatching: Matching = matchingBy(defaultModel);

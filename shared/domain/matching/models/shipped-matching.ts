import type { Matching } from '../decide-assignment.ts';
import { productionThresholds } from '../decision/decide-row.ts';
import { prepareModel } from '../model/prepare-model.ts';
import { defaultModel } from './default-model.ts';

/** What rows are decided by until a council has trained a model on its own files. */
export const shippedMatching: Matching = {
  model: prepareModel(defaultModel),
  thresholds: productionThresholds,
  people: defaultModel.people,
};

import { matchModelSchema, type MatchModel } from '../model/match-model.ts';
import json from './default-model.json' with { type: 'json' };

/**
 * What is known before an area's own rows have been seen. Made by `npm run -s match -- train --cold-start` from the project's
 * made-up files (docs/matching.md says how).
 */
export const defaultModel: MatchModel = matchModelSchema.parse(json);

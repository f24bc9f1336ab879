import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { campaign } from '#test/support/campaigns.ts';
import { randomFamily } from '#test/support/second-evaluator/random-family.ts';
import { secondEvaluation } from '#test/support/second-evaluator/second-evaluation.ts';
import { engineAnswers } from '#test/support/worked-families/engine-answers.ts';

const { runs, seed } = campaign('second-evaluator');

describe('the engine and the second evaluation', () => {
  test(`agree on ${String(runs)} random families: criteria, headings, dependent child and outcome`, { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(randomFamily, (input) => {
        expect(engineAnswers(input)).toEqual(secondEvaluation(input));
      }),
      { numRuns: runs, seed },
    );
  });
});

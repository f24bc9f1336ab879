import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { campaign } from '#test/support/campaigns.ts';
import type { EvaluatorInput } from '#test/support/second-evaluator/evaluator-input.ts';
import { familiesAtOnce, randomFamilies } from '#test/support/second-evaluator/random-family.ts';
import { secondEvaluation } from '#test/support/second-evaluator/second-evaluation.ts';
import { engineAnswers } from '#test/support/worked-families/engine-answers.ts';

const { runs, seed } = campaign('second-evaluator');

const agree = (input: EvaluatorInput): boolean => isDeepStrictEqual(engineAnswers(input), secondEvaluation(input));

describe('the engine and the second evaluation', () => {
  test(`agree on ${String(runs)} random families: criteria, headings, dependent child and outcome`, { timeout: 3_600_000 }, () => {
    const numRuns = Math.ceil(runs / familiesAtOnce);
    const { failed, counterexample, errorInstance } = fc.check(
      fc.property(randomFamilies, (families) => families.every(agree)),
      { numRuns, seed },
    );
    if (!failed) return;
    const family = counterexample?.[0].find((input) => !agree(input));
    if (family === undefined) throw errorInstance;
    const { ruleSet, coverage, termCalendar } = family;
    const smallest = JSON.stringify({ ruleSet, family: family.family, coverage, termCalendar });
    expect(engineAnswers(family), `The smallest family on which they differ: ${smallest}`).toEqual(secondEvaluation(family));
  });
});

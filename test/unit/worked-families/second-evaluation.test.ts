import { describe, expect, test } from 'vitest';
import { secondEvaluation } from '#test/support/second-evaluator/second-evaluation.ts';
import { readWorkedFamilies } from '#test/support/worked-families/read-worked-families.ts';
import { answerTo } from '#test/support/worked-families/answer-to.ts';

describe('the second evaluation gives the answers that the worked families expect', () => {
  test('in every row of every sheet', () => {
    const wrong = readWorkedFamilies().flatMap((family) => {
      const answer = answerTo(secondEvaluation(family.input), family.question);
      return answer === family.expected
        ? []
        : [`${family.where}: ${family.description}: expected ${family.expected}, got ${answer}. ${family.why}`];
    });
    expect(wrong).toEqual([]);
  });
});

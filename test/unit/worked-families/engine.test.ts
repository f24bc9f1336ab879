import { describe, expect, test } from 'vitest';
import { answerTo } from '#test/support/worked-families/answer-to.ts';
import { engineAnswers } from '#test/support/worked-families/engine-answers.ts';
import { readWorkedFamilies } from '#test/support/worked-families/read-worked-families.ts';

describe('the engine gives the answers that the worked families expect', () => {
  test('in every row of every sheet', { timeout: 120_000 }, () => {
    const wrong = readWorkedFamilies().flatMap(({ where, description, input, question, expected, why, rule }) => {
      const answer = answerTo(engineAnswers(input), question);
      if (answer === expected) return [];
      return [`${where}: ${question}: expected ${expected}, got ${answer}. ${description}. ${why} (${rule})`];
    });
    expect(wrong).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { packDecision, unpackDecision } from '#shared/domain/people/pack-decision.ts';
import { assignmentSchema, type MatchDecision } from '#shared/domain/people/person-record.ts';

const decision: MatchDecision = {
  modelVersion: 'a-model',
  thresholds: { link: 0.99, review: 0.05 },
  probability: 0.9876,
  candidatesSeen: 3,
  fields: [
    { field: 'prior', level: 'before-comparing', bits: -17.2 },
    { field: 'forename', level: 'close', bits: 4 },
    { field: 'surname', level: 'same', bits: 5.1 },
    { field: 'birthDate', level: 'different', bits: -3 },
    { field: 'id:nhs-number', level: 'same', bits: 13.9 },
    { field: 'same-source', level: 'second-row', bits: -3.5 },
    { field: 'adjustment', level: 'family-or-several-rows', bits: -0.1 },
  ],
  guards: ['identifier-alone', 'too-little-known'],
};

it('a decision in one line says what it said', () => {
  expect(packDecision(decision)).toBe(
    'a-model|0.99 0.05|0.9876|3|identifier-alone,too-little-known|prior -17.2;forename close 4;surname 5.1;birthDate different -3;id:nhs-number 13.9;same-source second-row -3.5;adjustment -0.1',
  );
  expect(unpackDecision(packDecision(decision))).toEqual(decision);
  const nobody = { ...decision, fields: [], guards: [], probability: 0 };
  expect(unpackDecision(packDecision(nobody))).toEqual(nobody);
});

it('is read as it is stored', () => {
  expect(assignmentSchema.parse({ because: 'matched', decision: packDecision(decision) }).decision).toEqual(decision);
  expect(assignmentSchema.parse({ because: 'matched', decision }).decision).toEqual(decision);
});

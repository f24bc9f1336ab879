import { describe, expect, it } from 'vitest';
import { seededRandom } from '#infra/local/cli/match/seeded-random.ts';
import { matchModelSchema } from '#shared/domain/matching/model/match-model.ts';
import { cleanRow } from '#shared/domain/matching/rows/clean-row.ts';
import { publishableModel } from '#shared/domain/matching/training/publishable-model.ts';
import { trainModel } from '#shared/domain/matching/training/train-model.ts';
import { badCopies } from '#test/support/linkage/bad-copies.ts';

const made = badCopies(400, 3, 4);
const rows = made.rows.map(cleanRow);
const train = () => trainModel(rows, { version: 't', random: seededRandom(7) });

describe('A model estimated without labels', () => {
  const model = train();

  it('is the same for the same rows and seed, and passes its own check', () => {
    expect(train()).toEqual(model);
    expect(matchModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  it('comes near to how many people there are', () => {
    expect(model.people).toBeGreaterThan(400);
    expect(model.people).toBeLessThan(720);
  });

  it('finds how often birth dates of the same people agree, as the labels count it', () => {
    const byPerson = Map.groupBy(rows.entries(), ([, { rowId }]) => made.entities.get(rowId));
    let [same, known] = [0, 0];
    for (const members of byPerson.values()) {
      const dates = members.flatMap(([, { values }]) => values['birthDate']?.slice(0, 1) ?? []);
      for (const [at, date] of dates.entries()) {
        for (const other of dates.slice(at + 1)) {
          known += 1;
          if (date === other) same += 1;
        }
      }
    }
    const estimated = model.fields.find(({ field }) => field === 'birthDate')?.levels[0]?.m ?? 0;
    expect(Math.abs(estimated - same / known)).toBeLessThan(0.12);
  });

  it('gives every field shares that sum to one', () => {
    for (const { levels } of model.fields) {
      expect(levels.reduce((sum, { m }) => sum + m, 0)).toBeCloseTo(1, 6);
      expect(levels.reduce((sum, { u }) => sum + u, 0)).toBeCloseTo(1, 6);
    }
  });

  it('names nobody once it is published: only values of ten people or more, and no dates, addresses or identifiers', () => {
    for (const { field, frequencies } of publishableModel(model).fields) {
      const values = Object.entries(frequencies?.values ?? {});
      if (field === 'birthDate') expect(values).toEqual([]);
      for (const [, others] of values) expect(others).toBeGreaterThanOrEqual(10);
    }
  });

  it('refuses levels that the engine does not have', () => {
    const [first, ...others] = model.fields;
    if (first === undefined) throw new Error('a model has fields');
    expect(matchModelSchema.safeParse({ ...model, fields: [{ ...first, levels: first.levels.slice(1) }, ...others] }).success).toBe(false);
  });
});

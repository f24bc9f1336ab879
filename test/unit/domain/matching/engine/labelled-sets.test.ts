import { describe, expect, it } from 'vitest';
import { badCopies } from '#test/support/linkage/bad-copies.ts';
import { labelled, modelOf, qualityOf, readFake, readFebrl, reNoised } from '#test/support/linkage/labelled-set.ts';

const folder = `${import.meta.dirname}/../../../../support/linkage-data`;

describe('Rows of labelled sets, one at a time in random order, without their labels', { timeout: 120_000 }, () => {
  it('finds all but a few of the pairs of febrl 3 and joins no two people', () => {
    const set = readFebrl(`${folder}/febrl3.csv`);
    const { pairwise, mixed } = qualityOf(set, modelOf(set), 0.9, 1);
    expect(pairwise.f1).toBeGreaterThanOrEqual(0.9995);
    expect(mixed).toBe(0);
  });

  it('puts the poor rows of fake_1000 to the right people', () => {
    const set = readFake(`${folder}/fake_1000.csv`);
    const { pairwise, bCubed, mixed } = qualityOf(set, modelOf(set), 0.5, 1);
    expect(pairwise.f1).toBeGreaterThanOrEqual(0.965);
    expect(bCubed.f1).toBeGreaterThanOrEqual(0.97);
    expect(mixed).toBeLessThanOrEqual(3);
  });

  it('stays right with many more slips, blanks and names in the wrong column than the set came with', () => {
    const worse = reNoised(`${folder}/febrl3.csv`, 2);
    const { pairwise, mixed } = qualityOf(worse, modelOf(worse), 0.9, 1);
    expect(pairwise.f1).toBeGreaterThanOrEqual(0.985);
    expect(mixed).toBe(0);
  });

  it('stays sensible on ten bad copies of each of 400 people with a quarter to half of the cells missing', () => {
    const { rows, entities } = badCopies(400, 9);
    const set = labelled(rows, entities);
    const { pairwise } = qualityOf(set, modelOf(set), 0.9, 1);
    expect(pairwise.f1).toBeGreaterThanOrEqual(0.88);
    // What it puts together wrongly are relatives who share forename, surname and place.
    expect(pairwise.precision).toBeGreaterThanOrEqual(0.88);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { acknowledgementsOf, findingsOf, findingsWithoutAcknowledgements, type Finding } from './support/findings.ts';

const written = (finding: Finding): string => `${finding.path}  ${finding.rule}`;
const covers = (acknowledged: Finding, finding: Finding): boolean =>
  acknowledged.rule === finding.rule && (finding.path === acknowledged.path || finding.path.startsWith(`${acknowledged.path}/`));

describe.each(['dev', 'prod'])('the rule packs on stage %s', (stage) => {
  const acknowledgements = acknowledgementsOf(stage);
  const found = findingsWithoutAcknowledgements(stage);

  test('find nothing that is not acknowledged', () => {
    expect(findingsOf(stage).map(written)).toEqual([]);
  });

  test('do look: without the acknowledgements they find what those answer', () => {
    expect(found.length).toBeGreaterThan(20);
  });

  test('find something for every acknowledgement: none is dead or mistyped', () => {
    expect(acknowledgements.filter((acknowledged) => !found.some((finding) => covers(acknowledged, finding))).map(written)).toEqual([]);
  });

  test('are never acknowledged for a whole stack, and always with a reason', () => {
    expect(acknowledgements.filter(({ onStackOrApp }) => onStackOrApp).map(written)).toEqual([]);
    expect(acknowledgements.filter(({ reason }) => reason.length < 40).map(written)).toEqual([]);
  });
});

test('the acknowledgements of prod are the reviewed ones', () => {
  const reviewed = readFileSync(new URL('./reviewed-acknowledgements.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  expect(acknowledgementsOf('prod').map(written).toSorted()).toEqual(reviewed);
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = (name: string, ...lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

const match = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('node', ['infra/local/cli/match.ts', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

const clusters = file(
  'clusters.csv',
  'id,source,person,household,decision,probability',
  '1,a,p1,h1,new,1',
  '2,a,p1,h1,link,0.999',
  '3,a,p2,h2,review,0.6',
  '4,b,p2,h2,link,0.99',
  '5,b,p3,,new,1',
  '6,b,p4,,new,1',
);
const truth = file('truth.csv', 'id,source,entity,home', '1,a,A,x', '2,a,A,x', '3,a,A,x', '4,b,B,y', '5,b,B,y', '6,b,C,');

describe('npm run match -- evaluate', () => {
  it('prints one line of JSON', () => {
    const { status, stdout } = match('evaluate', '--clusters', clusters, '--truth', truth);
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toEqual({
      rows: 6,
      pairwise: { precision: 0.5, recall: 0.25, f1: 0.333333 },
      bCubed: { precision: 0.833333, recall: 0.611111, f1: 0.705128 },
      exactShare: 0.333333,
      truePersons: 3,
      persons: 4,
      mixedPersons: 1,
      largestCluster: 2,
      reviewShare: 0.166667,
      reviewYield: 1,
      // Neither home is whole. B-cubed precision 4 / 5, recall (2/3 + 2/3 + 1/3 + 1/2 + 1/2) / 5.
      household: { rows: 5, precision: 0.5, recall: 0.25, f1: 0.333333, bCubedF1: 0.64, exactShare: 0, homes: 2, mixed: 1, largest: 2 },
    });
  });

  it('counts twins that a link made one person of, where the truth says who they are', () => {
    const born = (...twins: readonly string[]) =>
      file(
        'twins.csv',
        'id,source,entity,twins',
        ...['1,a,A', '2,a,B', '3,a,C', '4,b,D', '5,b,B', '6,b,C'].map((row, at) => `${row},${twins[at] ?? ''}`),
      );
    const of = (truthFile: string): unknown => JSON.parse(match('evaluate', '--clusters', clusters, '--truth', truthFile).stdout) as object;
    // Row 2 was linked to row 1, row 4 to row 3.
    expect(of(born('t1', 't1', 't2', 't3', 't1', 't2'))).toMatchObject({ twinLinks: 1 });
    expect(of(born('t1', 't1', 't2', 't2', 't1', 't2'))).toMatchObject({ twinLinks: 2 });
    expect(of(born('', 't1', 't2', '', 't1', 't2'))).toMatchObject({ twinLinks: 0 });
    expect(of(truth)).not.toHaveProperty('twinLinks');
  });

  it('shows what a perfect reviewer makes of it', () => {
    const { stdout } = match('evaluate', '--clusters', clusters, '--truth', truth, '--review', 'perfect');
    // Row 3 waits in a person that is half B's: it alone goes over, and B's rows stay apart. Right: three of four pairs.
    expect(JSON.parse(stdout)).toMatchObject({
      afterReview: 'perfect',
      reviewShare: 0.166667,
      pairwise: { precision: 1, recall: 0.75 },
      mixedPersons: 0,
    });
  });

  it('slices by the columns of a file', () => {
    const slices = file('slices.csv', 'id,sex', ...[1, 2, 3, 4, 5, 6].map((id) => `${String(id)},f`));
    const { stdout } = match('evaluate', '--clusters', clusters, '--truth', truth, '--slice', slices);
    expect(JSON.parse(stdout)).toMatchObject({ slices: [{ column: 'sex', slices: [], suppressed: 1, spread: 0 }] });
  });

  it('counts rows that one of the files lacks', () => {
    const fewer = file('fewer.csv', 'id,source,person', '1,a,p1', '2,a,p1', '9,a,p9');
    expect(JSON.parse(match('evaluate', '--clusters', fewer, '--truth', truth).stdout)).toMatchObject({
      rows: 6,
      rowsNotClustered: 4,
      rowsWithoutTruth: 1,
    });
  });

  it('tells rows of the same id in two sources apart', () => {
    const two = file('two.csv', 'id,source,person', '1,a,p1', '1,b,p2');
    const both = file('both.csv', 'id,source,entity', '1,a,A', '1,b,B');
    expect(JSON.parse(match('evaluate', '--clusters', two, '--truth', both).stdout)).toMatchObject({ pairwise: { f1: 1 }, exactShare: 1 });
  });

  it.each([
    [['evaluate'], 'match evaluate: say what to compare'],
    [['evaluate', '--clusters', join(folder, 'none.csv'), '--truth', truth], 'none.csv is not there'],
    [['evaluate', '--clusters', truth, '--truth', truth], 'has no column "person"'],
    [['evaluate', '--clusters', clusters, '--truth', truth, '--review', 'half'], '--review can only be "perfect"'],
    [['evaluate', '--cluster', clusters], "Unknown option '--cluster'"],
    [['nonsense'], 'Usage:'],
  ])('%j is refused with one line', (args, words) => {
    const { status, stderr, stdout } = match(...args);
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
    expect(stderr).not.toContain(' at ');
  });
});

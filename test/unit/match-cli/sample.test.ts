import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { matchingSample } from '#infra/local/sample-data/matching-sample.ts';
import { writtenOtherwise } from '#infra/local/sample-data/naming-variants.ts';
import { seededRandom } from '#infra/local/sample-data/random.ts';

describe('an invented borough as one file to match', () => {
  it('has the rows of all twelve feeds, each with its person', async () => {
    const rows = await matchingSample({ families: 60, seed: 1, variants: 0 });
    expect(new Set(rows.map(({ cells }) => (cells['id'] ?? '').replace(/-\d+-.*$/, ''))).size).toBe(12);
    expect(new Set(rows.map(({ cells }) => cells['id'])).size).toBe(rows.length);
    expect(new Set(rows.map(({ entity }) => entity)).size).toBeGreaterThan(120);
    expect(rows.every(({ slices }) => Object.values(slices).every((value) => value !== ''))).toBe(true);
  });

  it('is the same for the same seed, and writes names otherwise only where asked to', async () => {
    const [plain, again, other] = await Promise.all([
      matchingSample({ families: 30, seed: 2, variants: 0 }),
      matchingSample({ families: 30, seed: 2, variants: 0 }),
      matchingSample({ families: 30, seed: 2, variants: 1 }),
    ]);
    expect(again).toEqual(plain);
    expect(other.map(({ entity }) => entity)).toEqual(plain.map(({ entity }) => entity));
    const changed = other.filter(
      ({ cells }, at) => cells['surname'] !== plain[at]?.cells['surname'] || cells['forename'] !== plain[at]?.cells['forename'],
    );
    expect(changed.length).toBeGreaterThan(other.length / 2);
    const withoutNames = ({ cells }: (typeof other)[number]) => ({ ...cells, forename: '', surname: '', middle_names: '' });
    expect(other.map(withoutNames)).toEqual(plain.map(withoutNames));
  });

  it.each([
    ['irish', { forename: 'Sean', surname: "O'Brien" }],
    ['polish', { forename: 'Katarzyna', surname: 'Kowalska' }],
    ['pakistani', { forename: 'Mohammed', surname: 'Hussain' }],
    ['indian', { forename: 'Harpreet', surname: 'Patel' }],
    ['arabic', { forename: 'Omar', surname: 'Al-Hassan' }],
    ['chinese', { forename: 'Mei', surname: 'Zhang' }],
  ] as const)('%s names are written in several ways', (community, name) => {
    const random = seededRandom('names');
    const written = new Set(Array.from({ length: 60 }, () => JSON.stringify(writtenOtherwise(name, community, random))));
    expect(written.size).toBeGreaterThan(2);
    expect(written).not.toContain(JSON.stringify(name));
  });

  it('leaves a name of one part as it is', () => {
    expect(writtenOtherwise({ surname: 'Zhang' }, 'chinese', seededRandom('names'))).toEqual({ surname: 'Zhang' });
  });
});

describe('npm run match -- sample', () => {
  const out = mkdtempSync(join(tmpdir(), 'sample-'));
  afterAll(() => {
    rmSync(out, { recursive: true });
  });
  const run = (...args: readonly string[]) => spawnSync('node', ['infra/local/cli/match.ts', 'sample', ...args], { encoding: 'utf8' });

  it('writes rows, truth, slices and the map between them', () => {
    const { status, stdout } = run('--out', out, '--families', '20');
    expect(status).toBe(0);
    const table = (name: string) => parse<Record<string, string>>(readFileSync(join(out, name), 'utf8'), { columns: true });
    const rows = table('rows.csv');
    expect(JSON.parse(stdout)).toMatchObject({ rows: rows.length });
    const ids = rows.map(({ id }) => id);
    expect(table('truth.csv').map(({ id }) => id)).toEqual(ids);
    expect(table('slices.csv').map(({ id }) => id)).toEqual(ids);
    const map = JSON.parse(readFileSync(join(out, 'map.json'), 'utf8')) as { fields: { forename: string }; source: { column: string } };
    expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining([map.fields.forename, map.source.column]));
  });

  it.each([[[]], [['--out', out, '--families', '0']], [['--out', out, '--variants', '2']]])('%j is refused with one line', (args) => {
    const { status, stderr } = run(...args);
    expect(status).not.toBe(0);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

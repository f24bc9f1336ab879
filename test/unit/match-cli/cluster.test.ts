import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'match-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const match = (...args: readonly string[]) =>
  spawnSync(process.execPath, [`${import.meta.dirname}/../../../infra/local/cli/match.ts`, ...args], { encoding: 'utf8' });

const map = {
  id: 'rec_id',
  source: 'agency-a',
  fields: { fullName: 'name', birthDate: { column: 'born', format: 'DD.MM.YYYY' }, addressLine: ['no', 'street'], postcode: 'plz' },
  identifiers: { card: { column: 'card' } },
  other: { occupation: { column: 'job' } },
};

const rows = [
  'rec_id; name; born; no; street; plz; card; job',
  '1; Anna Maria Krüger; 04.05.1986; 12; Lindenweg; 10115; A-100; baker',
  '2; KRÜGER, Anna; 04.05.1986; 12; Lindenweg; 10115; ; baker',
  '3; Jonas Weber; 17.11.1990; 3; Hauptstr.; 80331; B-200; "clerk; part time"',
  '4; ; ; ; ; ; ; ',
  '5; Jonas Weber; 17.11.1990; 3; Hauptstr.; 80331; B-200; ',
];

describe('match cluster', () => {
  it('puts rows of a foreign file to people and prints the cost as one line', () => {
    const out = join(folder, 'clusters.csv');
    const input = write('rows.csv', `\uFEFF${rows.join('\r\n')}\r\n`);
    const run = match(
      'cluster',
      '--in',
      input,
      '--map',
      write('map.json', JSON.stringify(map)),
      '--out',
      out,
      '--shuffle',
      '3',
      '--threshold',
      '0.9',
    );
    expect(run.stdout).toBe('');
    const [header, ...lines] = readFileSync(out, 'utf8').trim().split('\n');
    expect(header).toBe('id,source,person,household,decision,probability');
    const people = lines.map((line) => line.split(','));
    expect(people.map(([id]) => id)).toEqual(['1', '2', '3', '4', '5']);
    expect(people[2]?.[2]).toBe(people[4]?.[2]);
    expect(new Set(people.map(([, , person]) => person)).size).toBeGreaterThanOrEqual(3);
    expect(people.every(([, source, , , decision]) => source === 'agency-a' && ['link', 'review', 'new'].includes(decision ?? ''))).toBe(
      true,
    );
    const cost: unknown = JSON.parse(run.stderr);
    expect(cost).toMatchObject({
      rows: 5,
      rowsPerSecond: expect.any(Number) as number,
      cpuMsPerRow: { p50: expect.any(Number) as number, p99: expect.any(Number) as number },
      comparisonsPerSecond: expect.any(Number) as number,
      peakMemoryMb: expect.any(Number) as number,
    });
  });

  it('uses a model that was trained before', () => {
    const input = write('rows.csv', rows.join('\n'));
    const mapFile = write('map.json', JSON.stringify(map));
    const model = join(folder, 'model.json');
    expect(match('train', '--in', input, '--map', mapFile, '--out', model, '--version', 'first').status).toBe(0);
    const run = match('cluster', '--in', input, '--map', mapFile, '--out', join(folder, 'c.csv'), '--model', model);
    expect(JSON.parse(run.stderr)).toMatchObject({ model: 'first' });
  });

  it.each<[string, (good: { input: string; map: string }) => string[], RegExp]>([
    ['no file', (good) => ['--in', join(folder, 'absent.csv'), '--map', good.map], /absent\.csv is not there/],
    ['no map', (good) => ['--in', good.input], /say what to read/],
    ['a map that is not JSON', (good) => ['--in', good.input, '--map', write('bad.json', '{')], /is not JSON/],
    [
      'a map without an id column',
      (good) => ['--in', good.input, '--map', write('noid.json', JSON.stringify({ ...map, id: 'nr' }))],
      /no column "nr"/,
    ],
    [
      'a map of other columns',
      (good) => ['--in', good.input, '--map', write('other.json', '{"id":"rec_id","fields":{"surname":"nachname"}}')],
      /none of the columns/,
    ],
    ['an empty file', (good) => ['--in', write('empty.csv', ''), '--map', good.map], /is empty/],
    ['only a header', (good) => ['--in', write('header.csv', 'rec_id;name\n'), '--map', good.map], /no rows/],
    ['a threshold of percent', (good) => ['--in', good.input, '--map', good.map, '--threshold', '95'], /between 0 and 1/],
    [
      'a date format without parts',
      (good) => [
        '--in',
        good.input,
        '--map',
        write('fmt.json', JSON.stringify({ ...map, fields: { birthDate: { column: 'born', format: 'ISO' } } })),
      ],
      /no date format/,
    ],
  ])('says in one line what is wrong with %s and ends with 2', (_, args, line) => {
    const good = { input: write('rows.csv', rows.join('\n')), map: write('map.json', JSON.stringify(map)) };
    const run = match('cluster', ...args(good), '--out', join(folder, 'c.csv'));
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(line);
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sliceValues } from '#infra/local/cli/match/slices.ts';

describe('what the quality of matching is compared by', () => {
  it('is read from the row, and what is not known is a slice too', () => {
    expect(
      sliceValues({
        values: { forename: ['anna'], surname: ['kowalska'], birthDate: ['19871102'], sex: ['f'], postcode: ['L369GL'], 'id:upn': ['x'] },
      }),
    ).toEqual({ names: 'polish-or-slavic', sex: 'f', born: '1980s', lacks: 'nothing' });
    expect(sliceValues({ values: {} })).toEqual({
      names: 'not known',
      sex: 'not known',
      born: 'not known',
      lacks: 'identifier and forename and surname and birth date and address',
    });
  });
});

describe('npm run match -- slices', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slices-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes a line for each row, by id and source', () => {
    const [rows, map, out] = ['rows.csv', 'map.json', 'out.csv'].map((name) => join(folder, name));
    writeFileSync(rows!, 'key,first,last,born\n1,Anna,Kowalska,1987-11-02\n2,,Smith,\n');
    writeFileSync(map!, JSON.stringify({ id: 'key', source: 'school', fields: { forename: 'first', surname: 'last', birthDate: 'born' } }));
    const { status } = spawnSync('node', ['infra/local/cli/match.ts', 'slices', '--in', rows!, '--map', map!, '--out', out!]);
    expect(status).toBe(0);
    expect(readFileSync(out!, 'utf8').trimEnd().split('\n')).toEqual([
      'id,source,names,sex,born,lacks',
      '1,school,polish-or-slavic,not known,1980s,identifier and address',
      '2,school,english-or-other,not known,not known,identifier and forename and birth date and address',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { annotatedCsv } from '#shared/contracts/files/checking/annotate-sheet.ts';
import { checkSheet } from '#shared/contracts/files/checking/check-sheet.ts';
import type { Repair } from '#shared/contracts/files/checking/repairs.ts';
import type { CheckedSheet } from '#shared/contracts/files/checking/sheet-check.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { aWorkbook } from '#test/support/a-workbook.ts';
import { openAndRead, sourceOf } from './opening.ts';
import { rowsOf } from './reading.ts';

const period = { start: '2026-09-01', end: '2026-12-18' };
const header = 'upn,category,start_date,surname,sessions';
const good = 'J340123425001,SUSP,14/09/2026,Example,4';

const check = async (
  content: string | Uint8Array,
  options: { agreed?: readonly string[]; repairs?: readonly Repair[]; feed?: keyof typeof feeds } = {},
) => {
  const { feed = 'suspensions', ...rest } = options;
  const { check: found, rows } = await checkSheet({ feed: feeds[feed], source: sourceOf(content), period, ...rest });
  const file = (which: 'all' | 'good'): string => Buffer.concat(rows?.file(which) ?? []).toString();
  return { found, file };
};

const checked = async (
  ...given: Parameters<typeof check>
): Promise<CheckedSheet & { readonly file: (which: 'all' | 'good') => string }> => {
  const { found, file } = await check(...given);
  if (found.kind === 'refused') throw new Error(found.refusal.code);
  return { ...found, file };
};

describe('What would be sent', () => {
  it('is the agreed columns in the contract’s order, with where each row stands in the sheet', async () => {
    const content = `surname,upn,SEN status,category,start_date,sessions\nExample,J340123425001,secret,SUSP,14/09/2026,4\n\n"O’Brien, Ann",J340123425001,secret,SUSP,15/09/2026,2\n`;
    const { file, droppedColumns } = await checked(content, { agreed: ['upn', 'category', 'start_date', 'sessions'] });
    expect(file('all')).toBe(
      'source_row,upn,category,start_date,sessions\r\n2,J340123425001,SUSP,14/09/2026,4\r\n4,J340123425001,SUSP,15/09/2026,2\r\n',
    );
    expect(droppedColumns).toEqual(['SEN status', 'surname']);
  });

  it('is only the rows that are right, where that is wished', async () => {
    const { file, rows, faultyRows } = await checked(`${header}\n${good}\nnonsense,SUSP,,,\n${good.replace('14/', '15/')}\n`);
    expect([rows, faultyRows]).toEqual([3, 1]);
    expect(
      file('good')
        .split('\r\n')
        .map((line) => line.split(',')[0]),
    ).toEqual(['source_row', '2', '4', '']);
    expect(
      file('all')
        .split('\r\n')
        .map((line) => line.split(',')[0]),
    ).toEqual(['source_row', '2', '3', '4', '']);
  });
});

describe('What is said about a file', () => {
  it('names the cell as the sheet does, the value seen, what is wrong and how to put it right, by rule', async () => {
    const workbook = aWorkbook({
      sheets: [
        {
          rows: [
            ['notes', ...header.split(',')],
            ['x', 'J340123425001', 'SUSP', '31/02/2026', 'A', 4],
            undefined,
            ['x', 'J340123425001', 'SUSP', '30/02/2026', 'B', 4],
          ],
        },
      ],
    });
    const { problems, shown } = await checked(workbook);
    expect(problems).toEqual([
      {
        column: 'start_date',
        code: 'date-not-real',
        message: 'There is no such date',
        fix: 'Check the day and the month. Write the day first, like 31/01/2012.',
        count: 2,
        places: [
          { address: 'D2', value: '31/02/2026' },
          { address: 'D4', value: '30/02/2026' },
        ],
      },
    ]);
    expect(shown.map(({ row }) => row)).toEqual([2, 4]);
  });

  it('finds the row that contradicts an earlier one, and leaves alone the one that repeats it', async () => {
    const { problems, faultyRows } = await checked(`${header}\n${good}\n${good}\n${good.replace(',4', ',6')}\n`);
    expect(faultyRows).toBe(1);
    expect(problems.map(({ code, places }) => [code, places[0]?.address])).toEqual([['duplicate-record', 'row 4']]);
  });

  it('asks about what is odd and lets it through', async () => {
    const { queries, queriedRows, faultyRows } = await checked(`${header}\n${good.replace('Example', 'Exam9le')}\n`);
    expect([faultyRows, queriedRows]).toEqual([0, 1]);
    expect(queries.map(({ code, places }) => [code, places[0]?.address])).toEqual([['query-digits-in-name', 'D2']]);
  });

  it('does not count as dropped what the service itself added to a file', async () => {
    const { droppedColumns, missingColumns } = await checked(`source_row,${header},check_result,check_problems\n2,${good},accepted,\n`);
    expect(droppedColumns).toEqual([]);
    expect(missingColumns).not.toContain('upn');
  });
});

describe('Damage by a spreadsheet', () => {
  // 46279 is 14 September 2026.
  it('is proposed with its count, and undone only when that is wished', async () => {
    const content = `${header}\nJ340123425001,SUSP,46279,"""Example""",4\nJ340123425001,SUSP,46280,Plain,4\n`;
    const first = await checked(content);
    expect(first.proposals).toEqual([
      { repair: 'hidden-quotes', column: 'surname', count: 1, example: { from: '"Example"', to: 'Example' } },
      { repair: 'serial-date', column: 'start_date', count: 2, example: { from: '46279', to: '2026-09-14' } },
    ]);
    expect(first.faultyRows).toBe(2);

    const repaired = await checked(content, { repairs: ['hidden-quotes', 'serial-date'] });
    expect([repaired.faultyRows, repaired.proposals]).toEqual([0, []]);
    expect(repaired.repaired.map(({ repair, count }) => [repair, count])).toEqual([
      ['hidden-quotes', 1],
      ['serial-date', 2],
    ]);
    expect(repaired.file('all')).toContain('J340123425001,Example,SUSP,2026-09-14,4');

    const left = await checked(content, { repairs: [] });
    expect([left.faultyRows, left.repaired]).toEqual([2, []]);
  });

  it.each([
    ['a number whose zeros at the front are gone', 'estab_no', '401001', 'leading-zeros', '0401001'],
    ['a long number written short with all its digits', 'estab_no', '3.404001E+6', 'scientific-notation', '3404001'],
  ])('is found in %s', async (_, column, from, repair, to) => {
    const { proposals } = await checked(`${header},${column}\n${good},${from}\n`);
    expect(proposals).toEqual([{ repair, column, count: 1, example: { from, to } }]);
  });

  it('is not made up: digits that are lost stay lost, and a number that would still be wrong is left', async () => {
    const { proposals, faultyRows } = await checked(`${header},estab_no\n${good},3.4E+06\n${good.replace('14/', '15/')},12\n`);
    expect([proposals, faultyRows]).toEqual([[], 2]);
  });

  it('is undone without asking where nothing can be lost: ="0123"', async () => {
    const { unwrapped, faultyRows, file } = await checked(`${header}\n"=""J340123425001""",SUSP,="14/09/2026",Example,4\n`);
    expect([unwrapped, faultyRows]).toEqual([2, 0]);
    expect(file('all')).toContain('2,J340123425001,Example,SUSP,14/09/2026,4');
  });

  it('is found above the column names, and what would come of leaving it out is said', async () => {
    const content = `Suspensions,,\nprinted 1 October,,\n\n${header}\n${good}\n`;
    const { proposals, rows, headerRow } = await checked(content);
    expect([proposals, rows, headerRow]).toEqual([[{ repair: 'title-rows', count: 3 }], 1, 4]);
    expect((await checked(content, { repairs: ['title-rows'] })).file('all')).toContain('\r\n5,J340123425001');
    expect((await check(content, { repairs: [] })).found).toMatchObject({ kind: 'refused', refusal: { code: 'title-rows' } });
  });

  it('is found in rows that are quoted as a whole', async () => {
    const quote = (line: string): string => `"${line.replaceAll('"', '""')}"`;
    const content = [header, good, 'J340123425001,SUSP,15/09/2026,"O’Brien, Ann",2'].map(quote).join('\r\n');
    expect((await checked(content)).proposals).toEqual([{ repair: 'quoted-rows', count: 3 }]);
    const { faultyRows, file } = await checked(content, { repairs: ['quoted-rows'] });
    expect(faultyRows).toBe(0);
    expect(file('all')).toContain('3,J340123425001,"O’Brien, Ann",SUSP,15/09/2026,2');
  });
});

describe('A file given back with its results', () => {
  const columns = ['upn', 'category', 'start_date', 'surname', 'estab_no'];
  const texts = ['=1+1', '+44', '-x', '@SUM(A1)', '\tx', '0401001', "O'Brien", "'quoted'", 'a "b", c', '="x"', '123456789012345678'];
  const annotated = annotatedCsv(
    columns,
    texts.map((surname, index) => ({
      row: index + 2,
      cells: ['J1', 'SUSP', 'x', surname, ''],
      problems: index === 0 ? [{ column: 'surname', code: 'c', message: 'It is wrong', fix: 'Put it right.' }] : [],
    })),
  );

  it('has no cell that a spreadsheet would run, and none that it would change', () => {
    for (const line of annotated.slice(1).split('\r\n')) {
      for (const cell of line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
        const text = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        // `="…"` is text for good: nothing stands outside the quotes.
        if (/^[=+\-@\t\r]/.test(text)) expect(text).toMatch(/^="(?:[^"]|"")*"$/);
        expect(text).not.toMatch(/^'[=+\-@]/);
      }
    }
  });

  it('comes back as it was when it is sent again', async () => {
    const events = await openAndRead(annotated);
    expect(events[0]).toMatchObject({ kind: 'header', ignoredColumns: [] });
    expect(rowsOf(events).map(({ cells }) => cells.get('surname'))).toEqual(texts.map((text) => (text === '="x"' ? '="x"' : text.trim())));
    expect(annotated).toContain('not accepted,surname: It is wrong. Put it right.');
  });
});

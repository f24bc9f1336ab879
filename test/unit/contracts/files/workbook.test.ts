import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { openFile } from '#shared/contracts/files/opening/open-file.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';
import { aWorkbook, type SheetCell, type WorkbookOf } from '#test/support/a-workbook.ts';
import { openAndRead, sourceOf } from './opening.ts';
import { collect, refusalOf, rowsOf } from './reading.ts';

const header = ['upn', 'category', 'start_date', 'surname', 'estab_no'];

const cellsOf = async (workbook: WorkbookOf) =>
  rowsOf(await openAndRead(aWorkbook(workbook))).map(({ row, cells }) => [row, ...cells.values()]);

const readCell = async (cell: SheetCell, more: Partial<WorkbookOf> = {}) => {
  const [row] = await cellsOf({ sheets: [{ rows: [header, ['J1', 'SUSP', cell]] }], ...more });
  return row?.[3];
};

describe('A workbook', () => {
  it('gives its rows with the numbers they have in the sheet, less the header, rows left out counted', async () => {
    const rows = [header, ['J1', 'SUSP', 'x', 'Ng'], undefined, [], ['J2', undefined, 'y', 'O’Brien & Ŵyn <3']];
    expect(await cellsOf({ sheets: [{ rows }] })).toEqual([
      [1, 'J1', 'SUSP', 'x', 'Ng', ''],
      [4, 'J2', '', 'y', 'O’Brien & Ŵyn <3', ''],
    ]);
  });

  it.each([
    ['a number', 42, '42'],
    ['a long number', { xml: '<v>9434765919</v>' }, '9434765919'],
    ['a number as doubles are written', { xml: '<v>0.30000000000000004</v>' }, '0.3'],
    ['a number with an exponent', { xml: '<v>1.5E-2</v>' }, '0.015'],
    // Excel keeps fifteen digits: what follows them is not what was typed.
    ['a number of more digits than a spreadsheet keeps', { xml: '<v>1234567890123450000</v>' }, '1.23456789012345E+18'],
    ['yes', true, 'TRUE'],
    ['no', false, 'FALSE'],
    ['the result of a formula', { xml: '<f>A1&amp;"x"</f><v>J1x</v>', type: 'str' }, 'J1x'],
    ['the number that a formula gives', { xml: '<f>1+1</f><v>2</v>' }, '2'],
    ['a formula never worked out', { xml: '<f>1+1</f>' }, '#UNKNOWN!'],
    ['an error', { xml: '<v>#N/A</v>', type: 'e' }, '#N/A'],
    ['text in the cell itself', { xml: '<is><t>in line</t></is>', type: 'inlineStr' }, 'in line'],
    ['text with a carriage return', { xml: '<is><t>a_x000D_b</t></is>', type: 'inlineStr' }, 'a\rb'],
    ['a date of its own type', { xml: '<v>2012-01-31</v>', type: 'd' }, '2012-01-31'],
  ] satisfies [string, SheetCell, string][])('gives %s as the sheet means it', async (_, cell, text) => {
    expect(await readCell(cell)).toBe(text);
  });

  // Serial numbers by the published table: 1 January 1900 is 1, 1 March 1900 is 61, 1 January 2000 is 36526, 31 January 2012 is 40939.
  it.each([
    ['a built-in date', 14, 40939, '2012-01-31'],
    ['a date of its own', 'dd/mm/yyyy;@', 40939, '2012-01-31'],
    ['a date with words', '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 36526, '2000-01-01'],
    ['the first day', 14, 1, '1900-01-01'],
    ['the last day before the one that never was', 14, 59, '1900-02-28'],
    ['the first day after it', 14, 61, '1900-03-01'],
    ['a moment', 22, 40939.5, '2012-01-31 12:00:00'],
    ['a moment at midnight', 'dd/mm/yyyy hh:mm', 40939, '2012-01-31'],
    ['a moment shown as a day', 14, 40939.75, '2012-01-31'],
    ['a time', 'hh:mm', 0.25, '06:00:00'],
    ['zeros in front', '0000000', 3404, '0003404'],
    ['zeros in front, in groups', '000\\ 000\\ 0000', 34047, '0000034047'],
    ['a percentage', '0.0%', 0.93, '93%'],
    ['a colour that is no date', '[Red]0.00', 5, '5'],
    ['money in words', '"Dated "0', 5, '5'],
  ] satisfies [string, string | number, number, string][])('shows %s by its format', async (_, format, value, text) => {
    expect(await readCell({ xml: `<v>${String(value)}</v>`, style: 1 }, { formats: [format] })).toBe(text);
  });

  it('counts days from 1904 where it says so', async () => {
    // 31 January 2012 is day 39477 there.
    expect(await readCell({ xml: '<v>39477</v>', style: 1 }, { formats: [14], date1904: true })).toBe('2012-01-31');
  });

  it('takes formatted pieces of a text together and leaves its phonetic guide out', async () => {
    const shared =
      '<?xml version="1.0"?><sst><si><r><rPr><b/></rPr><t>Ta</t></r><r><t>naka</t></r><rPh sb="0" eb="1"><t>タナカ</t></rPh></si></sst>';
    const cell = { xml: '<v>0</v>', type: 's' };
    const inline = (text: string): SheetCell => ({ xml: `<is><t>${text}</t></is>`, type: 'inlineStr' });
    const rows = [header.map(inline), [inline('J1'), inline('SUSP'), cell]];
    expect(await cellsOf({ sheets: [{ rows }], parts: { 'xl/sharedStrings.xml': shared } })).toEqual([[1, 'J1', 'SUSP', 'Tanaka', '', '']]);
  });

  const sheetOf = async (workbook: WorkbookOf) => (await openFile(feeds.suspensions, sourceOf(aWorkbook(workbook)))).sheet;
  const good = [header, ['J1', 'SUSP', 'x']];

  it('is read from the sheet whose column names fit, and never from one that nobody sees', async () => {
    const hidden = { name: 'All pupils', state: 'hidden', rows: good } as const;
    const veryHidden = { name: 'Secret', state: 'veryHidden', rows: good } as const;
    const notes = { name: 'Read me', rows: [['How to fill this in']] };
    expect(await sheetOf({ sheets: [hidden, veryHidden, notes, { name: 'Data', rows: good }] })).toEqual({
      name: 'Data',
      others: 3,
      hidden: 2,
    });
    expect((await sheetOf({ sheets: [hidden, { name: 'Empty' }, notes] }))?.name).toBe('Read me');
    expect(refusalOf(await openAndRead(aWorkbook({ sheets: [hidden] })))?.code).toBe('file-empty');
  });

  it('is found wanting like a CSV: another feed’s columns, titles above the names', async () => {
    const roll = aWorkbook({ sheets: [{ rows: [feeds['school-roll'].columns.map(({ name }) => name)] }] });
    expect(refusalOf(await openAndRead(roll))?.code).toBe('other-feed');
    const titled = aWorkbook({ sheets: [{ rows: [['Suspensions 2026'], undefined, ...good] }] });
    expect(refusalOf(await openAndRead(titled))?.code).toBe('title-rows');
    const [head, row] = await openAndRead(titled, { skipTitles: true });
    expect(head).toMatchObject({ kind: 'header', headerRow: 3 });
    expect(row).toMatchObject({ kind: 'row', row: 1 });
  });

  it('can be read on from any row', async () => {
    const rows = [header, ...Array.from({ length: 40 }, (_, index) => [`J${String(index)}`, 'SUSP', 'x', 'Né, "the" one'])];
    const source = sourceOf(aWorkbook({ sheets: [{ rows }] }));
    const whole = await openAndRead(source);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 2 }), async (index) => {
        const from = whole[index];
        if (from === undefined || from.kind === 'refused') throw new Error('no state');
        const file = await openFile(feeds.suspensions, source, 'workbook');
        expect(await collect(readFile(feeds.suspensions, file.csv(from.state.byteOffset), from.state))).toEqual(whole.slice(index + 1));
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('gives back any text that was put into it', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '"', ',', '\n', '<', '&', 'é', '漢', '😀', "'", ';'), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), async (names) => {
        const rows = [header, ...names.map((name) => ['J1', 'SUSP', 'x', name])];
        const read = rowsOf(await openAndRead(aWorkbook({ sheets: [{ rows }] })));
        expect(read.map(({ cells }) => cells.get('surname'))).toEqual(names.map((name) => name.trim()));
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleCsv } from '#shared/contracts/files/feed-guide.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';
import { longestRow } from '#shared/contracts/files/row-reader.ts';
import { badRows, bytesOf, collect, readAll, refusalOf, rowsOf } from './reading.ts';

const header = 'upn,category,start_date,surname';
const namesOf = (rows: ReturnType<typeof rowsOf>) => rows.map(({ cells }) => cells.get('surname'));

describe('Rows of a CSV file', () => {
  it('are read with the names of the columns, trimmed, empty cells as empty text', async () => {
    const [first] = rowsOf(await readAll(`${header}\r\n J1 ,SUSP,,\u00a0Example \r\n`));
    expect(first?.cells).toEqual(
      new Map([
        ['upn', 'J1'],
        ['category', 'SUSP'],
        ['start_date', ''],
        ['surname', 'Example'],
      ]),
    );
  });

  it.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ])('may end in %s, the last one in nothing', async (_, end) => {
    const events = await readAll([header, 'J1,,,A', 'J2,,,B'].join(end));
    expect(rowsOf(events).map(({ row, cells }) => [row, cells.get('surname')])).toEqual([
      [1, 'A'],
      [2, 'B'],
    ]);
    expect(events.at(-1)?.kind).toBe('end');
  });

  it.each([
    ['a comma', '"a,b"', 'a,b'],
    ['quotes', '"say ""hi"""', 'say "hi"'],
    ['a line break', '"a\r\nb"', 'a\r\nb'],
    ['nothing', '""', ''],
    ['a quote in the middle of an unquoted cell', '5" nail', '5" nail'],
    ['spaces after the closing quote', '"a"  ', 'a'],
    ['letters of several bytes', 'Zoë Łukasz 😀', 'Zoë Łukasz 😀'],
  ])('may have %s in a cell', async (_, written, read) => {
    const events = await readAll(`${header}\nJ1,,${written},x\n`);
    expect(rowsOf(events)[0]?.cells.get('start_date')).toBe(read);
  });

  it.each([
    [',', ','],
    [';', ';'],
    ['a tab', '\t'],
  ])('may be separated by %s', async (_, delimiter) => {
    const events = await readAll([header, 'J1,SUSP,"x","a b"'].join('\n').replaceAll(',', delimiter));
    expect([...(rowsOf(events)[0]?.cells.values() ?? [])]).toEqual(['J1', 'SUSP', 'x', 'a b']);
  });

  it('that are blank are passed over but counted, so that numbers agree with a spreadsheet', async () => {
    const events = await readAll(`${header}\nJ1,,,A\n\n,,,\n  \nJ2,,,B\n\n`);
    expect(rowsOf(events).map(({ row, cells }) => [row, cells.get('surname')])).toEqual([
      [1, 'A'],
      [5, 'B'],
    ]);
    expect(events.at(-1)).toMatchObject({ kind: 'end', state: { row: 6 } });
  });

  it('that lack their last cells have them empty, as spreadsheets leave them out', async () => {
    const events = await readAll(`${header}\nJ1,SUSP\n`);
    expect([...(rowsOf(events)[0]?.cells.values() ?? [])]).toEqual(['J1', 'SUSP', '', '']);
  });

  it('may have empty cells too many', async () => {
    const events = await readAll(`${header}\nJ1,SUSP,,A,,,\n`);
    expect(namesOf(rowsOf(events))).toEqual(['A']);
  });

  it('lose the data of columns that the feed does not have', async () => {
    const events = await readAll(`upn,notes,category,start_date\nJ1,very private,SUSP,x\n`);
    expect(JSON.stringify(events.map((event) => (event.kind === 'row' ? [...event.cells] : event)))).not.toContain('private');
    expect(events[0]).toMatchObject({ kind: 'header', ignoredColumns: [{ position: 2, name: 'notes' }] });
  });

  it('are the same that csv-parse reads, whatever well-formed text is in them', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'B', '7', ' ', ',', ';', '"', '\n', '\r', '\r\n', 'é', '漢', '😀', "'", '\t', '='),
      maxLength: 8,
    });
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 8 }),
        lineEnd,
        fc.boolean(),
        async (grid, end, last) => {
          const quote = (text: string) => (/[",\r\n]/.test(text) || text.startsWith(' ') ? `"${text.replaceAll('"', '""')}"` : text);
          const text = [header, ...grid.map((row) => row.map(quote).join(','))].join(end) + (last ? end : '');
          const expected: Record<string, string>[] = parse(text, {
            columns: true,
            record_delimiter: end,
            skip_empty_lines: true,
            trim: false,
          });
          const trimmed = expected
            .map((row) => Object.values(row).map((value) => value.trim()))
            .filter((row) => row.some((value) => value !== ''))
            // `="…"` is the one thing that is read as what it means.
            .map((row) => row.map((value) => (/^="(?:[^"]|"")*"$/.test(value) ? value.slice(2, -1).replaceAll('""', '"').trim() : value)));
          const events = await readAll(text);
          expect(badRows(events)).toEqual({});
          expect(rowsOf(events).map(({ cells }) => [...cells.values()])).toEqual(trimmed);
        },
      ),
      { seed: 1, numRuns: 400 },
    );
  });
});

describe('A row that cannot be taken apart', () => {
  it('is reported, and those after it are read', async () => {
    const events = await readAll(`${header}\nJ1,,"a"b,A\nJ2,,,B\n`);
    expect(badRows(events)).toEqual({ 1: 'row-quotes' });
    expect(namesOf(rowsOf(events))).toEqual(['B']);
  });

  it('for a quote that is never closed takes no other row with it', async () => {
    const events = await readAll(`${header}\nJ1,,,A\nJ2,,"oops,B\nJ3,,,C\nJ4,,,D\n`);
    expect(badRows(events)).toEqual({ 2: 'row-quotes' });
    expect(namesOf(rowsOf(events))).toEqual(['A', 'C', 'D']);
  });

  it('for a quote that only a later row’s quote closes takes no other row with it', async () => {
    const events = await readAll(`${header}\nJ1,,"oops,A\nJ2,,,B\nJ3,,"x, y",C\nJ4,,,D\n`);
    expect(badRows(events)).toEqual({ 1: 'row-quotes' });
    expect(namesOf(rowsOf(events))).toEqual(['B', 'C', 'D']);
  });

  it('for a quote opened far from the end of a long file takes no other row with it', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `J${String(index)},,,N${String(index)}`);
    const events = await readAll([header, 'J,,"oops,X', ...rows].join('\n'));
    expect(badRows(events)).toEqual({ 1: 'row-quotes' });
    expect(rowsOf(events)).toHaveLength(20_000);
  });

  it('has more cells than there are columns', async () => {
    const events = await readAll(`${header}\nJ1,SUSP,1 Mill Lane, Huyton,A\nJ2,,,B\n`);
    expect(badRows(events)).toEqual({ 1: 'row-too-many-cells' });
    expect(namesOf(rowsOf(events))).toEqual(['B']);
  });

  it.each(['Total', 'TOTALS', 'Grand total:', 'Subtotal'])('is a row of totals: %s', async (word) => {
    const events = await readAll(`${header}\nJ1,,,A\n${word},,12,\n`);
    expect(badRows(events)).toEqual({ 2: 'row-is-total' });
  });

  it('repeats the column names, as where two files were put together', async () => {
    const events = await readAll(`${header}\nJ1,,,A\n${header.toUpperCase()}\nJ2,,,B\n`);
    expect(badRows(events)).toEqual({ 2: 'row-is-header' });
    expect(namesOf(rowsOf(events))).toEqual(['A', 'B']);
  });

  it('has a cell of more than 10,000 characters, and is told the column', async () => {
    const events = await readAll(`${header}\nJ1,,,${'é'.repeat(10_001)}\nJ2,,,${'é'.repeat(10_000)}\n`);
    expect(events[1]).toMatchObject({ kind: 'bad-row', row: 1, problem: { code: 'cell-too-long', column: 'surname' } });
    expect(rowsOf(events)).toHaveLength(1);
  });

  it.each([
    [[1_000], longestRow, true],
    [[1_000], longestRow + 1, false],
    [[longestRow * 3], longestRow, true],
    [[longestRow * 3], longestRow + 1, false],
  ])('is longer than 64 KB (pieces of %j, %i bytes: taken %j)', async (sizes, length, taken) => {
    const cells = `J1,,${'x'.repeat(9_000)},y`;
    const filler = ',z'.repeat((length - cells.length) / 2);
    const row = (cells + filler).padEnd(length, 'z');
    const events = await readAll(`${header}\n${row}\r\nJ2,,,B\r\n`, { sizes });
    expect(badRows(events)).toEqual({ 1: taken ? 'row-too-many-cells' : 'row-too-long' });
    expect(namesOf(rowsOf(events))).toEqual(['B']);
  });

  it.each([
    ['without quotes', ''],
    ['in quotes', '"'],
  ])('holds 100 MB in one cell %s, and costs no memory', async (_, quote) => {
    const piece = new Uint8Array(1024 * 1024).fill(120);
    const file = async function* () {
      yield bytesOf(`${header}\nJ1,,${quote}`);
      for (let index = 0; index < 100; index += 1) yield await Promise.resolve(piece);
      yield bytesOf(`${quote},A\nJ2,,,B\n`);
    };
    const before = process.memoryUsage().arrayBuffers;
    const events = await collect(readFile(feeds.suspensions, file()));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
    expect(badRows(events)).toEqual({ 1: 'row-too-long' });
    expect(namesOf(rowsOf(events))).toEqual(['B']);
    expect(events.at(-1)).toMatchObject({ kind: 'end', state: { row: 2 } });
  });

  it('may stand among as many as there are, in time that grows with the file only', async () => {
    // Quotes that open and never close, each of which looks 64 KB ahead, are as many as one per 64 KB at most.
    const block = `J1,,"oops,A\n${`J2,,,${'y'.repeat(500)}\n`.repeat(60)}`;
    const events = await readAll(`${header}\n${block.repeat(60)}`);
    expect(rowsOf(events).length + Object.keys(badRows(events)).length).toBe(60 * 61);
    expect(rowsOf(events)).toHaveLength(60 * 60);
  });
});

describe('Reading that stops and goes on', () => {
  const messyCell = fc.string({
    unit: fc.constantFrom('a', '1', ' ', ',', '"', '""', '\n', '\r', '\r\n', 'é', '😀', 'Total', '\n"', ',"', '",'),
    maxLength: 10,
  });
  const messyFile = fc.array(messyCell, { maxLength: 25 }).map((pieces) => `${header}\r\n${pieces.join('')}`);
  const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 }).filter((all) => all.some((size) => size > 0));

  it('does not depend on how the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(messyFile, sizes, async (file, cut) => {
        expect(await readAll(file, { sizes: cut })).toEqual(await readAll(file));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  // The reader looks at 16 KB more at a time: the mess is put where one such piece ends and the next begins.
  const atStart = { byteOffset: 0, row: 0, header: ['upn', 'category', 'start_date', 'surname'], delimiter: ',' };
  const uncut = [1_000_000];
  const piece = 16_384;

  it('does not depend on where the pieces that it looks at begin', async () => {
    await fc.assert(
      fc.asyncProperty(messyFile, fc.integer({ min: 0, max: 24 }), async (mess, before) => {
        const file = `${'x'.repeat(piece - before)},\n${mess.slice(header.length + 2)}`;
        expect(await readAll(file, { start: atStart, sizes: [piece] })).toEqual(await readAll(file, { start: atStart, sizes: uncut }));
      }),
      { seed: 1, numRuns: 600 },
    );
  });

  it.each(['\r\n', '\r', '\n', '"\r\n', '"a\r\n', '""\r\n', '"\r\n"\r\n'])('does not depend on it at the end %j of a row', async (end) => {
    for (let before = 0; before < 8; before += 1) {
      for (const quote of ['', '"', '"\r\n']) {
        for (const pieces of [1, 5, 6]) {
          const file = `a,b,c,${quote}${'x'.repeat(pieces * piece - 6 - quote.length - before)}${end}J1,,,A\r\nJ2,,,B\r\n`;
          const events = await readAll(file, { start: atStart, sizes: uncut });
          expect(await readAll(file, { start: atStart, sizes: [piece] })).toEqual(events);
          expect(events.at(-1)).toMatchObject({ kind: 'end', state: { byteOffset: bytesOf(file).length } });
        }
      }
    }
  });

  it('goes on after the last row of a snapshot without taking it for empty', async () => {
    const feed = feeds['school-roll'];
    const file = exampleCsv(feed);
    const last = (await readAll(file, { feed })).findLast((event) => event.kind === 'row');
    if (last === undefined) throw new Error('no row');
    expect((await readAll(file, { feed, start: last.state })).map(({ kind }) => kind)).toEqual(['end']);
  });

  it('does not depend on how they are cut where they are no text either', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), sizes, async (noise, cut) => {
        const file = new Uint8Array([...bytesOf(`${header}\nJ1,,,A\n`), ...noise]);
        expect(await readAll(file, { sizes: cut })).toEqual(await readAll(file));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('goes on from every state to exactly what was left', async () => {
    await fc.assert(
      fc.asyncProperty(messyFile, sizes, async (file, cut) => {
        const events = await readAll(file);
        for (const [index, event] of events.entries()) {
          if (!('state' in event)) continue;
          expect(await readAll(file, { start: event.state, sizes: cut })).toEqual(event.kind === 'end' ? [event] : events.slice(index + 1));
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('does so around rows that are too long, too', async () => {
    const long = (length: number, unit = 'x') => unit.repeat(Math.ceil(length / unit.length));
    const file = [
      header,
      `J1,,${long(longestRow + 5)},A`,
      'J2,,,B',
      `J3,,"${long(longestRow + 5, 'é😀')}",C`,
      `J4,,"${long(longestRow * 2, `${'line '.repeat(200)}\r\n`)}",D`,
      'J5,,,E',
      `J6,,"${long(longestRow - 1, '""')}\r`,
      `J7,,"never closed ${long(longestRow)}`,
      'J8,,,F',
    ].join('\r\n');
    const events = await readAll(file);
    expect(namesOf(rowsOf(events)).filter((name) => name !== '')).toEqual(['B', 'E', 'F']);
    for (const sizes of [[1_009], [16_384], [longestRow + 2, 1], [400_000]]) expect(await readAll(file, { sizes })).toEqual(events);
    const states = events.flatMap((event, index) => ('state' in event && index % 97 < 12 ? [{ index, state: event.state }] : []));
    for (const { index, state } of states)
      expect((await readAll(file, { start: state })).slice(0, 50)).toEqual(events.slice(index + 1, index + 51));
  });

  it('goes on from a state that was stored as JSON', async () => {
    const file = `\uFEFFcategory;UPN;start date;x\nSUSP;J1;1;z\nPERM;J2;2;z\n`;
    const events = await readAll(file);
    const [, first] = events;
    if (first?.kind !== 'row') throw new Error('no row');
    const start = JSON.parse(JSON.stringify(first.state)) as typeof first.state;
    expect(await readAll(file, { start })).toEqual(events.slice(2));
  });

  it('states offsets that are exact in bytes', async () => {
    const file = `\uFEFF${header}\r\nJ1,,,Zoë\r\n"J2",,"😀\n",B\r\n`;
    const events = await readAll(file);
    const offsets = events.flatMap((event) => ('state' in event ? [event.state.byteOffset] : []));
    expect(offsets).toEqual([36, 47, 64, 64]);
    expect(bytesOf(file)).toHaveLength(64);
  });

  it('lets its source go when nobody reads on', async () => {
    let closed = false;
    const source = async function* () {
      try {
        for (;;) yield await Promise.resolve(bytesOf(`${header}\n${'J1,,,A\n'.repeat(20_000)}`));
      } finally {
        closed = true;
      }
    };
    for await (const event of readFile(feeds.suspensions, source())) if (event.kind === 'row') break;
    expect(closed).toBe(true);
  });

  it('passes on what its source throws', async () => {
    const broken = async function* () {
      yield await Promise.resolve(bytesOf(`${header}\nJ1,,,A\n`));
      throw new Error('connection lost');
    };
    await expect(collect(readFile(feeds.suspensions, broken()))).rejects.toThrow('connection lost');
  });
});

describe('A file that turns out not to be text', () => {
  it('is refused at the byte that is no UTF-8, with what to do', async () => {
    const windows1252 = new Uint8Array([...bytesOf(`${header}\nJ1,,,A\nJ2,,,O`), 0x92, ...bytesOf('Brien\n')]);
    const events = await readAll(windows1252);
    expect(rowsOf(events)).toHaveLength(1);
    expect(refusalOf(events)).toMatchObject({ code: 'file-not-utf-8', fix: expect.stringContaining('CSV UTF-8') as string });
  });

  it('is refused at a NUL byte', async () => {
    expect(refusalOf(await readAll(`${header}\nJ1,,,A\u0000\n`))?.code).toBe('file-is-binary');
  });
});

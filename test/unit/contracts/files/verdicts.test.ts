import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkSheet } from '#shared/contracts/files/checking/check-sheet.ts';
import type { FeedDefinition } from '#shared/contracts/files/feed-definition.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';
import { readWindows } from '#shared/services/ingest/read-windows.ts';
import { findAgreedPart, writeAgreedPart } from '#shared/services/screening/agreed-part.ts';
import { anUpload } from '#test/support/an-upload.ts';
import { campaign } from '#test/support/campaigns.ts';
import { aWorkbook } from '#test/support/a-workbook.ts';
import { sourceOf } from './opening.ts';
import { inPieces } from './reading.ts';

const period = { start: '2026-09-01', end: '2026-12-18' };
const { runs, seed } = campaign('verdicts');

const joined = (pieces: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(pieces));
const quoted = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const forms = {
  csv: (grid: readonly (readonly string[])[]) =>
    Buffer.from(grid.map((row) => row.map((cell) => quoted(cell, ',')).join(',')).join('\r\n')),
  semicolons: (grid: readonly (readonly string[])[]) =>
    Buffer.from(`\uFEFF${grid.map((row) => row.map((cell) => quoted(cell, ';')).join(';')).join('\n')}`),
  'unicode text': (grid: readonly (readonly string[])[]) =>
    Buffer.from(`\uFEFF${grid.map((row) => row.map((cell) => quoted(cell, '\t')).join('\t')).join('\r\n')}`, 'utf16le'),
  workbook: (grid: readonly (readonly string[])[]) => aWorkbook({ sheets: [{ rows: grid }] }),
};

/** What the service keeps of a file that did not come through the page. */
const throughScreening = async (feed: FeedDefinition, agreed: readonly string[], file: Uint8Array): Promise<Uint8Array> => {
  const part = await findAgreedPart(feed, agreed, sourceOf(file));
  if (part.kind !== 'part') throw new Error(part.kind);
  const pieces: Uint8Array[] = [];
  for await (const piece of writeAgreedPart(feed, part, sourceOf(file))) pieces.push(piece);
  return joined(pieces);
};

/** Cells as partners fill them in: right, odd, damaged by a spreadsheet, or nonsense. */
const anyCell = (example: string) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(example) },
    { weight: 1, arbitrary: fc.constant('') },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '40939',
        '9.43477E+09',
        '9.434765919E+09',
        '="0123"',
        '"Example"',
        ' x ',
        '31/02/2012',
        '01/01/2012',
        '14/11/2026',
        'Total',
        'N/A',
        '=1+1',
        '#N/A',
        'O’Brien',
        'Núñez',
        'a,b;c\td',
        'two\nlines',
        'Y',
        'N',
        '3',
        '999999999',
        'J340123425001',
        'L36 9GL',
        '�',
      ),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 12 }).map((text) => text.replaceAll(/[\0\r]/g, '')) },
  );

const anyFile = fc.constantFrom(...Object.values(feeds)).chain((feed) => {
  const names = feed.columns.map(({ name }) => name);
  const optional = feed.columns.filter(({ inEveryFile }) => !inEveryFile).map(({ name }) => name);
  const row = fc.tuple(...names.map((name) => anyCell(feed.exampleRow[name] ?? '')), fc.constantFrom('', 'secret'));
  return fc.record({
    feed: fc.constant(feed),
    form: fc.constantFrom(...(Object.keys(forms) as (keyof typeof forms)[])),
    leftOut: fc.subarray(optional),
    rows: fc.array(row, { minLength: 1, maxLength: 6 }),
    repair: fc.boolean(),
  });
});

it('Page and service say the same of every row, whatever is in the file and whatever it is written in', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyFile, async ({ feed, form, leftOut, rows, repair }) => {
      const names = feed.columns.map(({ name }) => name);
      const agreed = names.filter((name) => !leftOut.includes(name));
      const file = forms[form]([[...names, 'their own notes'], ...rows]);
      const repairs = repair ? { repairs: ['hidden-quotes', 'serial-date', 'leading-zeros', 'scientific-notation'] as const } : {};
      const { check, rows: sendable } = await checkSheet({ feed, source: sourceOf(file), period, agreed, ...repairs });
      if (check.kind === 'refused' || !sendable) {
        expect(check).toMatchObject({
          kind: 'refused',
          refusal: { code: expect.stringMatching(/^(?:header|columns|other-feed|file-no-rows)/) as string },
        });
        return;
      }
      expect(check.droppedColumns).toEqual(['their own notes', ...names.filter((name) => leftOut.includes(name))]);
      const sent = joined(sendable.file('all'));
      expect(Buffer.from(sent).toString()).not.toContain('secret');

      const ofPage = new Map(
        check.shown.map(({ row, cells, problems }) => [
          row,
          cells.length === 0 ? 'not sent' : problems.map(({ code, column }) => [code, column]),
        ]),
      );
      const upload = anUpload({ feed: feed.id, periodStart: period.start, periodEnd: period.end });
      const hash = { hash: (...parts: readonly string[]) => parts.join(' ') };
      const seen = new Map<number, unknown>();
      for await (const window of readWindows(readFile(feed, inPieces(sent)), { feed, upload, hash })) {
        expect(window.kind).not.toBe('refused');
        if (window.kind !== 'rows') continue;
        for (const row of window.rows)
          seen.set(row.sourceRow ?? 0, row.kind === 'faulty' ? row.problems.map(({ code, column }) => [code, column]) : []);
      }
      const sentRows = [...ofPage].filter(([, said]) => said !== 'not sent').map(([row]) => row);
      expect([...seen.keys()]).toEqual(expect.arrayContaining(sentRows));
      for (const [row, said] of seen) {
        const page = ofPage.get(row) ?? [];
        // Whether two rows contradict each other the service finds when it applies them.
        if (JSON.stringify(page).includes('duplicate-record')) continue;
        expect([row, said]).toEqual([row, page]);
        compared += 1;
      }
      if (!repair) {
        const atOtherDoors = await throughScreening(feed, agreed, file);
        expect(Buffer.from(atOtherDoors).toString()).not.toContain('secret');
        const there = new Map<number, unknown>();
        for await (const window of readWindows(readFile(feed, inPieces(atOtherDoors)), { feed, upload, hash })) {
          expect(window.kind).not.toBe('refused');
          if (window.kind !== 'rows') continue;
          for (const row of window.rows)
            there.set(row.sourceRow ?? 0, row.kind === 'faulty' ? row.problems.map(({ code, column }) => [code, column]) : []);
        }
        for (const [row, said] of seen) expect([row, there.get(row)]).toEqual([row, said]);
        const unread = check.shown.filter(({ cells }) => cells.length === 0);
        for (const { row, problems } of unread)
          expect([row, there.get(row)]).toEqual([row, problems.map(({ code, column }) => [code, column])]);
        expect(there.size).toBe(check.rows);
      }
      const good = joined(sendable.file('good'));
      for await (const event of readFile(feed, inPieces(good))) {
        if (event.kind === 'row') expect(feed.readRow(event.cells, period).ok).toBe(true);
      }
    }),
    { numRuns: runs, seed },
  );
  expect(compared).toBeGreaterThan(runs);
}, 600_000);

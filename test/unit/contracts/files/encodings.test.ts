import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeedDefinition } from '#shared/contracts/files/feed-definition.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { openFile } from '#shared/contracts/files/opening/open-file.ts';
import { openAndRead, sourceOf } from './opening.ts';
import { bytesOf, refusalOf, rowsOf } from './reading.ts';

const utf16 = (text: string, order: 'le' | 'be', mark: boolean): Uint8Array => {
  const bytes = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

/** By the published table of the code page, for the letters used here. */
const codes: Readonly<Record<string, number>> = {
  '€': 0x80,
  ƒ: 0x83,
  Š: 0x8a,
  Ž: 0x8e,
  '‘': 0x91,
  '’': 0x92,
  '–': 0x96,
  š: 0x9a,
  œ: 0x9c,
  ž: 0x9e,
  Ÿ: 0x9f,
  '£': 0xa3,
};
const windows1252 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => codes[letter] ?? letter.charCodeAt(0));

const surnames = async (content: Uint8Array | string) => rowsOf(await openAndRead(content)).map(({ cells }) => cells.get('surname'));
const codeOf = async (content: Uint8Array | string) => refusalOf(await openAndRead(content))?.code;
const file = (...names: readonly string[]) =>
  ['upn,category,start_date,surname', ...names.map((name) => `J1,SUSP,x,${name}`), ''].join('\r\n');
const western = ['Núñez', 'Müller', 'O’Brien', 'Ó Súilleabháin', 'Žižek', 'Šimůnek'.replace('ů', 'u'), 'Bœuf', '£5 – a', 'Renée'];

describe('The letters of a file', () => {
  it.each([
    ['UTF-8', bytesOf(file(...western)), 'utf-8'],
    ['UTF-8 with its mark', bytesOf(`\uFEFF${file(...western)}`), 'utf-8'],
    ['UTF-16, low byte first', utf16(file(...western), 'le', true), 'utf-16le'],
    ['UTF-16, high byte first', utf16(file(...western), 'be', true), 'utf-16be'],
    ['UTF-16 without its mark', utf16(file(...western), 'le', false), 'utf-16le'],
    ['UTF-16, high byte first, without its mark', utf16(file(...western), 'be', false), 'utf-16be'],
    ['Windows-1252', windows1252(file(...western)), 'windows-1252'],
  ])('are read as they were written in %s', async (_, content, form) => {
    expect((await openFile(feeds.suspensions, sourceOf(content))).form).toBe(form);
    expect(await surnames(content)).toEqual(western);
  });

  it('are read alike with tabs between the cells, as “Unicode text” has them', async () => {
    expect(await surnames(utf16(file('Ŵyn', '漢字', '😀').replaceAll(',', '\t'), 'le', true))).toEqual(['Ŵyn', '漢字', '😀']);
  });

  it.each([
    [
      'UTF-8 and Windows-1252 in one file',
      new Uint8Array([...bytesOf(file('Müller')), ...windows1252('J1,SUSP,x,Renée\r\n')]),
      'file-mixed-encodings',
    ],
    ['Windows-1252 behind the mark of UTF-8', new Uint8Array([0xef, 0xbb, 0xbf, ...windows1252(file('Renée'))]), 'file-mixed-encodings'],
    ['a byte that Windows-1252 does not have', new Uint8Array([...bytesOf(file('a')), 0x81, 0x0a]), 'file-encoding-unknown'],
    // ISO 8859-2 and Windows-1250: Wałęsa is 57 61 B3 EA 73 61, which Windows-1252 shows as Wa³êsa.
    [
      'a Polish name in the encoding of central Europe',
      new Uint8Array([...bytesOf(file('a')), ...[0x57, 0x61, 0xb3, 0xea, 0x73, 0x61, 0x0a]]),
      'file-encoding-unknown',
    ],
    // Mac OS Roman: Zoé is 5A 6F 8E.
    ['a name in the encoding of old Macs', new Uint8Array([...bytesOf(file('a')), ...[0x5a, 0x6f, 0x8e, 0x0a]]), 'file-encoding-unknown'],
    ['half a letter of UTF-16', new Uint8Array([...utf16(file('a'), 'le', true), 0x00, 0xd8, 0x0a, 0x00]), 'file-encoding-unknown'],
    ['an odd byte at the end of UTF-16', new Uint8Array([...utf16(file('a'), 'le', true), 0x41]), 'file-encoding-unknown'],
    // C0 AF is the overlong form of a slash, which hides it from whoever looks for one.
    ['an overlong form', new Uint8Array([...bytesOf(file('a')), 0xc0, 0xaf, 0x0a]), 'file-mixed-encodings'],
  ])('are not guessed: %s', async (_, content, code) => {
    expect(await codeOf(content)).toBe(code);
  });

  it('come out right or not at all, whatever western name it is', async () => {
    const letter = fc.constantFrom(...'abcdefgABCDEFGàâçéèêëîïôùûüÿñæœÀÉÖÜßšžøåÅ’- '.split(''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: letter, minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 4 }),
        async (names) => {
          const events = await openAndRead(windows1252(file(...names.map((name) => `x${name}`))));
          const refusal = refusalOf(events);
          if (refusal) expect(refusal.code).toMatch(/^file-(?:mixed-encodings|encoding-unknown)$/);
          else expect(rowsOf(events).map(({ cells }) => cells.get('surname'))).toEqual(names.map((name) => `x${name}`.trim()));
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });
});

describe('csv-spectrum', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum'));
  const names = readdirSync(join(folder, 'csvs')).map((name) => name.replace(/\.csv$/, ''));

  it('has its twelve files', () => expect(names).toHaveLength(12));

  it.each(names)('%s', async (name) => {
    const parsed = JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8')) as
      Record<string, string>[] | Record<string, string>;
    // The package's answer for this one file has another telephone number than its question.
    const expected = [parsed].flat().map((row) => ('Contact Phone Number' in row ? { ...row, 'Contact Phone Number': '2095257564' } : row));
    const columns = Object.keys(expected[0] ?? {});
    const feed: FeedDefinition = {
      ...feeds.suspensions,
      columns: columns.map((column, index) => {
        const [like] = feeds.suspensions.columns;
        if (!like) throw new Error('the feed has no columns');
        return { ...like, name: column, required: index === 0 };
      }),
    };
    const events = await openAndRead(new Uint8Array(readFileSync(join(folder, 'csvs', `${name}.csv`))), { feed });
    expect(rowsOf(events).map(({ cells }) => Object.fromEntries(cells))).toEqual(
      expected.map((row) => Object.fromEntries(Object.entries(row).map(([column, text]) => [column, text.trim()]))),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuseUnreadable } from '#shared/contracts/files/refuse-unreadable.ts';
import { bytesOf, inPieces, readAll, refusalOf } from './reading.ts';

/** Stops after every piece where `inTurns`, and goes on where it stopped. */
const look = async (
  content: string | Uint8Array,
  sizes: readonly number[],
  inTurns: boolean,
): Promise<{ code?: string; turns: number }> => {
  const bytes = bytesOf(content);
  for (let turns = 1, from = 0; ; turns += 1) {
    const reading = await refuseUnreadable(inPieces(bytes.subarray(from), sizes), { from, isTimeUp: () => inTurns });
    if (reading.kind === 'readable') return { turns };
    if (reading.kind === 'refused') return { code: reading.refusal.code, turns };
    expect(reading.byteOffset).toBeGreaterThan(from);
    from = reading.byteOffset;
  }
};
const refuse = async (content: string | Uint8Array, sizes = [65_536]) => (await look(content, sizes, false)).code;

describe('Looking through a file before its rows are taken', () => {
  it.each([
    ['well-formed text', 'upn,surname\nJ1,Zoë 😀\n'],
    ['nothing', ''],
    ['text with a byte order mark', '\uFEFFupn\n'],
  ])('finds nothing in %s, however it is cut', async (_, content) => {
    expect(await refuse(content)).toBeUndefined();
    expect(await refuse(content, [1])).toBeUndefined();
  });

  it.each([
    ['a byte of Windows-1252 far down', new Uint8Array([...bytesOf('a\n'.repeat(50_000)), 0x92]), 'file-not-utf-8'],
    ['half a letter at the end', bytesOf('a\né').subarray(0, 3), 'file-not-utf-8'],
    ['a NUL far down', bytesOf(`${'a\n'.repeat(50_000)}\u0000`), 'file-is-binary'],
    ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0xff, ...bytesOf('xl/workbook.xml')]), 'file-is-excel'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 65, 0, 66, 0]), 'file-is-utf-16'],
    ['a PDF', bytesOf('%PDF-1.4\n'), 'file-is-pdf'],
  ])('finds %s, however it is cut', async (_, content, code) => {
    expect(await refuse(content)).toBe(code);
    expect(await refuse(content, [4_099])).toBe(code);
  });

  it('finds the same in several turns as in one, wherever it stops', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', '\n', 'é', 'Ł', '😀', '語'), { maxLength: 40 }),
        fc.constantFrom(new Uint8Array(), new Uint8Array([0x92]), new Uint8Array([0]), bytesOf('é').subarray(0, 1)),
        fc.integer({ min: 1, max: 9_001 }),
        async (letters, end, size) => {
          const text = [...letters, 'x'].join('');
          const file = new Uint8Array([...bytesOf(text.repeat(Math.ceil(40_000 / text.length))), ...end]);
          const inTurns = await look(file, [size], true);
          expect(inTurns.code).toBe((await look(file, [size], false)).code);
          expect(inTurns.turns).toBeGreaterThan(2);
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  it('knows another kind of file before its time is up', async () => {
    const pdf = bytesOf(`%PDF-1.4\n${'a'.repeat(40_000)}`);
    expect(await look(pdf, [10_000], true)).toEqual({ code: 'file-is-pdf', turns: 1 });
  });

  it('finds whatever text reading would stumble over', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (noise) => {
        const file = new Uint8Array([...bytesOf('upn,category,start_date\nJ1,SUSP,x\n'), ...noise]);
        const stumbles = refusalOf(await readAll(file)) !== undefined;
        if (stumbles) expect(await refuse(file)).toBeDefined();
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('passes on what its source throws', async () => {
    const broken = async function* () {
      yield await Promise.resolve(bytesOf('a'));
      throw new TypeError('connection lost');
    };
    await expect(refuseUnreadable(broken())).rejects.toThrow('connection lost');
  });
});

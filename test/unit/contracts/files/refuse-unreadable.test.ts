import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuseUnreadable } from '#shared/contracts/files/refuse-unreadable.ts';
import { bytesOf, inPieces, readAll, refusalOf } from './reading.ts';

const refuse = (content: string | Uint8Array, sizes = [65_536]) => refuseUnreadable(inPieces(bytesOf(content), sizes));

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
    expect((await refuse(content))?.code).toBe(code);
    expect((await refuse(content, [4_099]))?.code).toBe(code);
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

/** What Windows-1252 has between 0x80 and 0x9F; a blank where it has nothing. The rest is Latin-1. */
const upper = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const table: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 && byte <= 0x9f ? (upper[byte - 0x80] ?? ' ') : String.fromCharCode(byte),
);

/**
 * Signs of another one-byte encoding: symbols and capitals where only a small letter makes sense (`Wa³êsa`, `ZoŽ`). Read as
 * Windows-1252 such a name would be wrong without anybody noticing.
 */
const misread = /\p{L}[¡-©¬-¿×÷¤¢€‡†‰™]\p{Ll}|\p{Ll}[ŠŒŽŸ]/u;

/** The text; undefined where it is not certain that these bytes are Windows-1252. */
export const decodeWindows1252 = (bytes: Uint8Array): string | undefined => {
  let text = '';
  for (const byte of bytes) {
    if (byte >= 0x80 && byte <= 0x9f && table[byte] === ' ') return undefined;
    text += table[byte] ?? '';
  }
  return misread.test(text) ? undefined : text;
};

/** 64 bits of a text, good enough to tell two rows of one file apart (FNV-1a, twice with different starts). Not for secrets. */
export const textHash = (text: string): string => {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995);
  }
  return String.fromCharCode(low & 0xffff, (low >>> 16) & 0xffff, high & 0xffff, (high >>> 16) & 0xffff);
};

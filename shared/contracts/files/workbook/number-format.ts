/** How a workbook shows a number, as far as it changes which text the number stands for. */
export type NumberFormat =
  | { readonly kind: 'plain' }
  | { readonly kind: 'date'; readonly withTime: boolean; readonly withDay: boolean }
  /** Filled up with zeros to so many digits. */
  | { readonly kind: 'zeros'; readonly digits: number }
  | { readonly kind: 'percent' };

const plain: NumberFormat = { kind: 'plain' };

/** ECMA-376 part 1, 18.8.30: formats that every workbook has without naming them. */
const builtIn = (id: number): NumberFormat => {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58) {
    return { kind: 'date', withTime: false, withDay: true };
  }
  if (id === 22) return { kind: 'date', withTime: true, withDay: true };
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id === 55 || id === 56) {
    return { kind: 'date', withTime: true, withDay: false };
  }
  return id === 9 || id === 10 ? { kind: 'percent' } : plain;
};

/** What a workbook's own format does; only the part for numbers that are not negative counts. */
const custom = (code: string): NumberFormat => {
  const shape = (code.split(';')[0] ?? '').replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (/^0{2,}$/.test(shape.replaceAll(/[ \-/]/g, ''))) return { kind: 'zeros', digits: shape.replaceAll(/[^0]/g, '').length };
  if (/general/i.test(shape)) return plain;
  if (/[dy]/i.test(shape)) return { kind: 'date', withTime: /[hs]/i.test(shape), withDay: true };
  if (/[hs]/i.test(shape)) return { kind: 'date', withTime: true, withDay: false };
  if (/m/i.test(shape)) return { kind: 'date', withTime: false, withDay: true };
  return shape.includes('%') ? { kind: 'percent' } : plain;
};

export const numberFormat = (id: number, code: string | undefined): NumberFormat => (code === undefined ? builtIn(id) : custom(code));

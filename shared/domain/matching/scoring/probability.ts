/** 0 to 1, of log2 of the odds. */
export const probabilityOf = (bits: number): number => 1 / (1 + 2 ** -bits);

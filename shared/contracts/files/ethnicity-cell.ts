import { oneOf } from './cells.ts';

/** The DfE's main codes, with the local sub-codes left to the sender to map. */
const codes = [
  'WBRI',
  'WIRI',
  'WIRT',
  'WROM',
  'WOTH',
  'MWBC',
  'MWBA',
  'MWAS',
  'MOTH',
  'AIND',
  'APKN',
  'ABAN',
  'CHNE',
  'AOTH',
  'BCRB',
  'BAFR',
  'BOTH',
  'OOTH',
  'REFU',
  'NOBT',
] as const;

export const ethnicity = oneOf('ethnicity', Object.fromEntries(codes.map((code) => [code, code])), 'WBRI');

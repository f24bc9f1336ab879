import { describe, expect, it } from 'vitest';
import { dateReader } from '#infra/local/cli/match/read-date.ts';

describe('Reading a birth date', () => {
  it.each<[string | undefined, string, Record<string, string> | undefined]>([
    ['YYYYMMDD', '19840309', { year: '1984', month: '03', day: '09' }],
    ['MMDDYYYY', '3091984', { year: '1984', month: '03', day: '09' }],
    ['MM/DD/YYYY', '03/09/1984', { year: '1984', month: '03', day: '09' }],
    ['MM/DD/YYYY', '0b/09/1984', { year: '1984', month: '0b', day: '09' }],
    ['DD MMM YYYY', '9 March 1984', { year: '1984', month: '3', day: '9' }],
    ['DD.MM.YY', '09.03.84', { year: '1984', month: '03', day: '09' }],
    ['YYYY-MM-DD', '09/03/1984', { year: '1984', month: '03', day: '09' }],
    [undefined, '09/03/1984', { year: '1984', month: '03', day: '09' }],
    [undefined, '03/19/1984', { year: '1984', month: '03', day: '19' }],
    [undefined, '1984-03-09T00:00:00Z', { year: '1984', month: '03', day: '09' }],
    ['MM/DD/YYYY', '19/03/1984', { year: '1984', month: '03', day: '19' }],
    ['YYYY-MM-DD', '9-Mar-84', { year: '1984', month: '3', day: '9' }],
    ['YYYY-MM-DD', '03/19/84', { year: '1984', month: '03', day: '19' }],
    ['YYYY-MM-DD', 'Mar 9, 1984', { year: '1984', month: '3', day: '9' }],
    ['YYYY-MM-DD', '1984-17-09', { year: '1984', month: '17', day: '09' }],
    ['YYYY-MM-DD', 'unknown', undefined],
    [undefined, '30750', { year: '1984', month: '03', day: '09' }],
    [undefined, '1984', { year: '1984' }],
    [undefined, 'not known', undefined],
    ['YYYYMMDD', '', undefined],
  ])('%s of %s', (format, text, parts) => {
    expect(dateReader(format)(text)).toEqual(parts);
  });
});

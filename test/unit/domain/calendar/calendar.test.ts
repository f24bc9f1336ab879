import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  ageInYears,
  civilDate,
  dayNumber,
  formatIsoDate,
  parseIsoDate,
} from '#shared/domain/calendar/calendar-date.ts';
import type { DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { dayAfter, readDateText } from '#shared/domain/calendar/date-text.ts';
import { readAcademicYear, termDates } from '#shared/domain/calendar/school-term.ts';

const day = (iso: string): DayNumber => {
  const parsed = parseIsoDate(iso);
  if (parsed === undefined) throw new Error('not a date');
  return parsed;
};

describe('A calendar date', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11016],
    ['2024-02-29', 19782],
    ['2024-12-31', 20088],
  ])('%s is day %i', (iso, number) => {
    expect(parseIsoDate(iso)).toBe(number);
    expect(formatIsoDate(day(iso))).toBe(iso);
  });

  it.each(['2023-02-29', '1900-02-29', '2024-04-31', '2024-13-01', '2024-00-10', '2024-01-00', '0000-01-01', '24-01-01', '2024-1-1', ''])(
    '“%s” is none',
    (text) => {
      expect(parseIsoDate(text)).toBeUndefined();
    },
  );

  it('agrees with the platform’s calendar on every day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (number) => {
        const platform = new Date(number * 86_400_000);
        const date = { year: platform.getUTCFullYear(), month: platform.getUTCMonth() + 1, day: platform.getUTCDate() };
        expect(dayNumber(date.year, date.month, date.day)).toBe(number);
        expect(civilDate(addDays(day('1970-01-01'), number))).toEqual(date);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-01-15', -12, '2023-01-15'],
    ['2024-11-30', 3, '2025-02-28'],
  ])('%s and %i months is %s', (iso, months, expected) => {
    expect(formatIsoDate(addMonths(day(iso), months))).toBe(expected);
  });

  it.each([
    ['2012-06-15', '2024-06-14', 11],
    ['2012-06-15', '2024-06-15', 12],
    ['2008-02-29', '2024-02-28', 15],
    ['2008-02-29', '2023-02-28', 14],
    ['2008-02-29', '2023-03-01', 15],
    ['2024-06-15', '2024-06-15', 0],
  ])('born %s, on %s one is %i', (born, on, age) => {
    expect(ageInYears(day(born), day(on))).toBe(age);
  });
});

describe('A date as people write it', () => {
  it.each([
    ['31/01/2012', '2012-01-31'],
    ['1/2/2012', '2012-02-01'],
    ['01-02-2012', '2012-02-01'],
    ['01.02.2012', '2012-02-01'],
    ['2012-02-01', '2012-02-01'],
    ['29/02/2024', '2024-02-29'],
    ['01/02/2012 00:00', '2012-02-01'],
    ['01/02/2012 00:00:00', '2012-02-01'],
    ['2012-02-01T00:00:00Z', '2012-02-01'],
    ['2012-02-01 00:00:00.000', '2012-02-01'],
  ])('%s is %s', (text, iso) => {
    expect(readDateText(text)).toEqual({ ok: true, value: iso });
  });

  it.each([
    ['31/01/12', 'two-digit-year'],
    ['1-2-12', 'two-digit-year'],
    ['40939', 'spreadsheet-number'],
    ['40939.5', 'spreadsheet-number'],
    ['29/02/2023', 'no-such-date'],
    ['31/04/2024', 'no-such-date'],
    ['01/13/2024', 'no-such-date'],
    ['2024-02-30', 'no-such-date'],
    ['01/02/2012 13:45', 'shape'],
    ['1 Feb 2012', 'shape'],
    ['20120201', 'shape'],
    ['yesterday', 'shape'],
    ['', 'shape'],
  ])('%s is refused: %s', (text, reason) => {
    expect(readDateText(text)).toEqual({ ok: false, reason });
  });

  it('is read back from either way of writing it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), (number) => {
        const iso = new Date(number * 86_400_000).toISOString().slice(0, 10);
        expect(readDateText(iso)).toEqual({ ok: true, value: iso });
        expect(readDateText(iso.split('-').reverse().join('/'))).toEqual({ ok: true, value: iso });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is followed by the next day', () => {
    expect(dayAfter('2024-02-28')).toBe('2024-02-29');
    expect(dayAfter('2024-12-31')).toBe('2025-01-01');
  });
});

describe('An academic year', () => {
  it.each(['2024/25', '2024-25', '2024/2025', '202425', '2024 / 25', '2024–2025', '20242025'])('%s is 2024/25', (text) => {
    expect(readAcademicYear(text)).toBe('2024/25');
  });

  it('runs over the turn of a century', () => {
    expect(readAcademicYear('1999/00')).toBe('1999/00');
  });

  it.each(['2024/26', '2024', '24/25', '2024/24', 'autumn'])('%s is none', (text) => {
    expect(readAcademicYear(text)).toBeUndefined();
  });

  it('has three terms, each beginning when the one before ends', () => {
    expect(termDates('2024/25', 'autumn')).toEqual({ from: '2024-09-01', to: '2025-01-01' });
    expect(termDates('2024/25', 'spring')).toEqual({ from: '2025-01-01', to: '2025-04-16' });
    expect(termDates('2024/25', 'summer')).toEqual({ from: '2025-04-16', to: '2025-08-01' });
  });
});

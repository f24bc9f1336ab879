import { describe, expect, test } from 'vitest';
import { birthday, dayOf, isoOf, monthsOn, readDay, weekdays } from '#test/support/second-evaluator/days.ts';

describe('the second evaluation counts days', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-03-01', 11_017],
  ])('%s is day %i', (iso, day) => {
    expect(readDay(iso)).toBe(day);
    expect(isoOf(day)).toBe(iso);
  });

  test.each(['2023-02-29', '2024-04-31', '2024-13-01', 'soon', '24-01-01', ''])('“%s” is no day', (text) => {
    expect(readDay(text)).toBeUndefined();
  });

  test.each([
    ['2008-02-29', 17, '2025-03-01'],
    ['2008-02-29', 16, '2024-02-29'],
    ['2008-12-31', 18, '2026-12-31'],
  ])('somebody born on %s turns %i on %s', (born, age, on) => {
    expect(isoOf(birthday(dayOf(born), age))).toBe(on);
  });

  test.each([
    ['2016-03-01', -12, '2015-03-01'],
    ['2024-02-29', -12, '2023-02-28'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2023-11-30', 3, '2024-02-29'],
  ])('%s and %i months are %s', (from, months, to) => {
    expect(isoOf(monthsOn(dayOf(from), months))).toBe(to);
  });

  test('a week has five days of school', () => {
    expect(weekdays(dayOf('2024-09-02'), dayOf('2024-09-09'))).toBe(5);
    expect(weekdays(dayOf('2024-09-07'), dayOf('2024-09-09'))).toBe(0);
  });
});

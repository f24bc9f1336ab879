import { describe, expect, it } from 'vitest';
import { londonDateAt, systemClock } from '#shared/platform/clock.ts';
import { newId, newToken } from '#shared/platform/ids.ts';

describe('the clock', () => {
  it('counts the days of London: summer time begins a day an hour before UTC does', () => {
    expect(londonDateAt(Date.UTC(2026, 5, 30, 22, 59))).toBe('2026-06-30');
    expect(londonDateAt(Date.UTC(2026, 5, 30, 23, 0))).toBe('2026-07-01');
  });

  it('is UTC in winter', () => {
    expect(londonDateAt(Date.UTC(2026, 11, 31, 23, 59))).toBe('2026-12-31');
  });

  it('gives instants to the millisecond in UTC', () => {
    expect(systemClock.now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

describe('ids', () => {
  it('rise, even within a millisecond, and never repeat', () => {
    const ids = Array.from({ length: 10_000 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(10_000);
    expect(ids[0]).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });

  it('makes tokens of 256 bits that fit in a URL', () => {
    const tokens = Array.from({ length: 1000 }, newToken);
    expect(new Set(tokens).size).toBe(1000);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSeconds, canonicalInstant, instantMillis, instantOf } from '#shared/domain/calendar/instant.ts';

describe('An instant', () => {
  it('is milliseconds since 1970, as every clock counts them', () => {
    expect(instantMillis('1970-01-01T00:00:00.000Z')).toBe(0);
    expect(instantMillis('2001-09-09T01:46:40Z')).toBe(1_000_000_000_000);
    expect(instantOf(1_000_000_000_000)).toBe('2001-09-09T01:46:40.000Z');
    expect(instantOf(-1)).toBe('1969-12-31T23:59:59.999Z');
  });

  it('agrees with the machine’s own calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 4_000_000_000_000 }), (millis) => {
        const text = new Date(millis).toISOString();
        expect([instantOf(millis), instantMillis(text)]).toEqual([text, millis]);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('moves over midnight and the end of the year', () => {
    expect(addSeconds('2026-12-31T23:59:59.500Z', 1)).toBe('2027-01-01T00:00:00.500Z');
    expect(addSeconds('2026-03-01T00:00:00.000Z', -1)).toBe('2026-02-28T23:59:59.000Z');
  });

  it('has one way of being written', () => {
    expect(canonicalInstant('2026-11-23T09:30:00Z')).toBe('2026-11-23T09:30:00.000Z');
    expect(canonicalInstant('2026-11-23T09:30:00.5Z')).toBe('2026-11-23T09:30:00.500Z');
    expect(canonicalInstant('2026-11-23T09:30:00.123456Z')).toBe('2026-11-23T09:30:00.123Z');
  });

  it.each(['2026-11-23', '2026-11-23T09:30:00+01:00', '2026-02-29T00:00:00Z', '2026-11-23T24:00:00Z', 'now', ''])('is not %j', (text) => {
    expect(() => instantMillis(text)).toThrow(RangeError);
  });
});

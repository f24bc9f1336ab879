import { describe, expect, it } from 'vitest';
import { evidenceExpiresOn, isRefreshDue, ledgerExpiresOn } from '#shared/domain/people/record-retention.ts';

describe('What a file says about people', () => {
  it('is kept seven years after the end of its period, the ledger of its rows for twenty-five', () => {
    expect(evidenceExpiresOn('2026-03-27')).toBe('2033-03-27');
    expect(evidenceExpiresOn('2024-02-29')).toBe('2031-02-28');
    expect(ledgerExpiresOn('2026-03-27')).toBe('2051-03-27');
  });

  it.each([
    ['2025-07-21', '2026-07-20', false],
    ['2025-07-21', '2026-07-21', true],
    ['2024-02-29', '2025-02-28', true],
    ['2025-07-21', '2025-07-21', false],
    ['2025-07-21', '2024-07-21', false],
  ])('confirmed in a file up to %s and again in one up to %s: written anew: %s', (held, next, due) => {
    expect(isRefreshDue(held, next)).toBe(due);
  });
});

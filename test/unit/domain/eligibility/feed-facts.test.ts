import { describe, expect, it } from 'vitest';
import { feedFaults } from '#shared/domain/eligibility/feed-facts.ts';
import { waySchema } from '#shared/domain/eligibility/measure.ts';

const way = (kinds: readonly string[], feeds: readonly string[]) => ({
  facts: kinds.map((kind) => ({ kind })),
  measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
  lookBack: { unit: 'months', count: 12 },
  feeds,
  silence: { means: 'register' },
});

describe('A way in which a need can show', () => {
  it.each([
    [['exclusion'], ['suspensions'], []],
    [['proven-offence'], ['youth-justice', 'police-incidents'], []],
    [['proven-offence', 'exclusion'], ['youth-justice', 'suspensions'], []],
    [['exclusion'], ['suspensions', 'dwp-benefits'], ['dwp-benefits says nothing of exclusion: suspensions can']],
    [['exclusion', 'rent-arrears'], ['housing-arrears'], ['none of these feeds says anything of exclusion: suspensions can']],
    [
      ['proven-offence'],
      ['suspensions'],
      [
        'suspensions says nothing of proven-offence: police-incidents, youth-justice can',
        'none of these feeds says anything of proven-offence: police-incidents, youth-justice can',
      ],
    ],
  ] as const)('%j asked of %j: %j', (kinds, feeds, expected) => {
    expect(feedFaults(kinds, feeds)).toEqual(expected);
    const result = waySchema.safeParse(way(kinds, feeds));
    expect(result.error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? []).toEqual(
      expected.map((message) => ['feeds', message]),
    );
  });
});

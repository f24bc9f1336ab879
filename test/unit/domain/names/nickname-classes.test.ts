import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullFormOf, nicknameClasses, shareNicknameClass } from '#shared/domain/names/nicknames/nickname-classes.ts';

const alike = (a: string, b: string): boolean => shareNicknameClass(nicknameClasses(a), nicknameClasses(b));

describe('nicknames', () => {
  it.each([
    ['bob', 'robert'],
    ['bob', 'robbie'],
    ['peggy', 'margaret'],
    ['dai', 'dafydd'],
    ['gosia', 'malgorzata'],
    ['kasia', 'katarzyna'],
    ['kuba', 'jakub'],
    ['nelu', 'ioan'],
    ['mo', 'muhammad'],
    ['mohammed', 'md'],
    ['emeka', 'chukwuemeka'],
    ['ged', 'gerard'],
    ['yusuf', 'yousef'],
    ['bill', 'william'],
  ])('%s may be %s', (a, b) => {
    expect(alike(a, b)).toBe(true);
    expect(alike(b, a)).toBe(true);
  });

  it.each([
    ['albert', 'alan'],
    ['john', 'peter'],
    ['fatima', 'aisha'],
    ['zzz', 'zzz'],
    ['', ''],
  ])('%s is not %s', (a, b) => {
    expect(alike(a, b)).toBe(false);
  });

  it('leads every short form to one name, and a name in no list to itself', () => {
    expect(['bob', 'bobby', 'rob', 'robert'].map(fullFormOf)).toEqual(['robert', 'robert', 'robert', 'robert']);
    expect(fullFormOf('muhammed')).toBe('muhammad');
    expect(fullFormOf('qwerty')).toBe('qwerty');
  });

  it('compares classes as sets', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 6 }).map((list) => list.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        expect(shareNicknameClass(a, b)).toBe(a.some((id) => b.includes(id)));
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

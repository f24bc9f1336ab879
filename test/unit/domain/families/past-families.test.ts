import { describe, expect, it } from 'vitest';
import { continueFamilies, nextFamily } from '#shared/domain/families/continue-families.ts';
import type { Family } from '#shared/domain/families/family.ts';
import { lineageIds, nextPast, sourcesOf } from '#shared/domain/families/past-families.ts';
import { restoredFamily } from '#shared/domain/families/restore-family.ts';

const [a, b, c, d] = [
  '01AAAAAAAAAAAAAAAAAAAAAAAA',
  '01BBBBBBBBBBBBBBBBBBBBBBBB',
  '01CCCCCCCCCCCCCCCCCCCCCCCC',
  '01DDDDDDDDDDDDDDDDDDDDDDDD',
];
const times = { at: '2026-11-23T12:00:00.000Z', on: '2026-11-23' };
const person = (personId: string) => ({
  personId,
  role: personId.startsWith('adult') ? ('adult' as const) : ('child' as const),
  lives: 'in-the-household' as const,
  basis: ['same-household' as const],
  from: '2026-01-01',
});
const family = (familyId: string, people: readonly string[], past?: Family['past']): Family => ({
  familyId,
  version: 3,
  state: 'current',
  members: people.map(person),
  formerMembers: [],
  checks: [],
  ...(past && { past }),
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
});
const built = (...people: string[]) => ({ members: people.map(person), contactToCheck: false, tooLarge: false });

/** The families after one step, by id; new ones are called `d`. */
const after = (before: readonly Family[], now: ReturnType<typeof built>[]): Record<string, Family['past']> =>
  Object.fromEntries(
    continueFamilies(before, now).flatMap((step): [string, Family['past']][] => {
      const own = { ...times, identityConflict: false };
      if (step.kind === 'found') return [[d, nextFamily(undefined, step.built, { ...own, familyId: d, partOf: step.partOf }).past]];
      if (step.kind !== 'go-on') return [];
      const { familyId } = step.before;
      return [[familyId, nextFamily(step.before, step.built, { ...own, familyId, absorbed: step.absorbed, others: step.others }).past]];
    }),
  );

describe('the past of a family', () => {
  it('is its own while people come and go', () => {
    expect(after([family(a, ['x', 'y'])], [built('y', 'z')])).toEqual({ [a]: undefined });
  });

  it('takes in that of every family merged into it, and theirs', () => {
    const before = [family(a, ['x']), family(b, ['y'], [{ familyId: c }])];
    expect(after(before, [built('x', 'y')])).toEqual({ [a]: [{ familyId: b }, { familyId: c }] });
  });

  it('of a part that goes on with a child is that of the whole, up to then', () => {
    const whole = family(a, ['x', 'y', 'adult 1', 'adult 2'], [{ familyId: b }, { familyId: c, until: '2026-05-01T00:00:00.000Z' }]);
    expect(after([whole], [built('x', 'adult 1', 'adult 2'), built('y')])).toEqual({
      [a]: whole.past,
      [d]: [
        { familyId: a, until: times.at },
        { familyId: b, until: times.at },
        { familyId: c, until: '2026-05-01T00:00:00.000Z' },
      ],
    });
  });

  it('of an adult who moves out is none', () => {
    expect(after([family(a, ['x', 'y', 'adult 1'])], [built('x', 'y'), built('adult 1')])).toEqual({ [a]: undefined, [d]: undefined });
  });

  it('is not that of a family that a child moved here from; the two are claimed for as one while the child is here', () => {
    const [from, to] = [family(a, ['x', 'y', 'adult 1'], [{ familyId: c }]), family(b, ['z', 'adult 2'])];
    const tied = [
      { familyId: a, children: ['y'] },
      { familyId: c, children: ['y'] },
    ];
    const moved = after([from, to], [built('x', 'adult 1'), built('y', 'z', 'adult 2')]);
    expect(moved).toEqual({ [a]: [{ familyId: c }], [b]: tied });
    const here = family(b, ['y', 'z', 'adult 2'], tied);
    expect([lineageIds(here), sourcesOf(here)]).toEqual([[b, a, c], [{ familyId: b }]]);
    // It stays as long as the child does, and goes with the child.
    expect(after([here], [built('y', 'z')])).toEqual({ [b]: tied });
    expect(after([here], [built('z', 'adult 2')])).toEqual({ [b]: undefined });
    // An adult who moves takes nothing along.
    expect(after([family(a, ['x', 'adult 1', 'adult 3']), to], [built('x', 'adult 1'), built('z', 'adult 2', 'adult 3')])).toEqual({
      [a]: undefined,
      [b]: undefined,
    });
    // Once they become one, it is a past.
    expect(after([family(a, ['x']), here], [built('x', 'y', 'z', 'adult 2')])).toEqual({
      [a]: [{ familyId: b }, { familyId: c, children: ['y'] }],
    });
  });

  it('names each family once, for as long as any way to it reaches, and never itself', () => {
    const before = family(a, ['x'], [{ familyId: b, until: '2026-02-01T00:00:00.000Z' }]);
    expect(nextPast(a, { before, absorbed: [family(b, [], [{ familyId: a }])], partOf: [], now: before, at: times.at })).toEqual([
      { familyId: b },
    ]);
    expect(lineageIds(before)).toEqual([a, b]);
  });

  it('is again what was noted after an undo, with what came since and was not noted', () => {
    const noted = family(a, ['x'], [{ familyId: c }]);
    const held = { ...family(a, ['x', 'y'], [{ familyId: b }, { familyId: c }, { familyId: d }]), version: 9 };
    const restored = restoredFamily(noted, held, { people: new Set(['x', 'y']), isNoted: (familyId) => [a, b].includes(familyId) });
    expect(restored).toMatchObject({ version: 9, past: [{ familyId: c }, { familyId: d }] });
    const without = restoredFamily(family(a, ['x']), { ...held, past: [{ familyId: b }] }, { people: new Set(), isNoted: () => true });
    expect(without).not.toHaveProperty('past');
  });
});

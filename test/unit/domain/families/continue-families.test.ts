import { describe, expect, it } from 'vitest';
import type { BuiltFamily } from '#shared/domain/families/build-families.ts';
import { continueFamilies, endedFamily, hasChanged, mergedFamily, nextFamily } from '#shared/domain/families/continue-families.ts';
import type { Family, FamilyMember } from '#shared/domain/families/family.ts';

const older = '01AAAAAAAAAAAAAAAAAAAAAAAA';
const younger = '01BBBBBBBBBBBBBBBBBBBBBBBB';
const times = { at: '2026-11-23T12:00:00.000Z', on: '2026-11-23' };

const member = (personId: string, lives: FamilyMember['lives'] = 'in-the-household'): FamilyMember => ({
  personId,
  role: 'child',
  lives,
  basis: ['same-household'],
  from: '2026-01-01',
});
const family = (familyId: string, ...people: string[]): Family => ({
  familyId,
  version: 3,
  state: 'current',
  members: people.map((personId) => member(personId)),
  formerMembers: [],
  checks: [],
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
});
const built = (...people: string[]): BuiltFamily => ({
  members: people.map((personId) => member(personId)),
  contactToCheck: false,
  tooLarge: false,
});

const inShort = (before: readonly Family[], now: readonly BuiltFamily[]): string[] =>
  continueFamilies(before, now).map((step) =>
    step.kind === 'found'
      ? `new: ${step.built.members.map(({ personId }) => personId).join(' ')}`
      : step.kind === 'go-on'
        ? `${step.before.familyId.slice(2, 3)}: ${step.built.members.map(({ personId }) => personId).join(' ')}`
        : step.kind === 'merge'
          ? `${step.before.familyId.slice(2, 3)} → ${step.into.slice(2, 3)}`
          : `${step.before.familyId.slice(2, 3)} ends`,
  );

describe('a family’s id', () => {
  it('stays while people join and leave', () => {
    expect(inShort([family(older, 'a', 'b')], [built('b', 'c', 'd')])).toEqual(['A: b c d']);
  });

  it('stays with the larger part when it splits', () => {
    expect(inShort([family(older, 'a', 'b', 'c')], [built('a'), built('b', 'c')])).toEqual(['new: a', 'A: b c']);
  });

  it('stays with the part of the first person when the parts are equal', () => {
    expect(inShort([family(older, 'a', 'b')], [built('b'), built('a')])).toEqual(['new: b', 'A: a']);
  });

  it('of the older stays when two become one, and the other leads to it, whichever was larger', () => {
    expect(inShort([family(younger, 'b', 'c', 'd'), family(older, 'a')], [built('a', 'b', 'c', 'd')])).toEqual(['A: a b c d', 'B → A']);
  });

  it('ends with the last person', () => {
    expect(inShort([family(older, 'a', 'b')], [built('c')])).toEqual(['A ends', 'new: c']);
  });

  it('does not go with a parent who lives elsewhere', () => {
    const withFather = { ...family(older, 'child'), members: [member('child'), member('father', 'elsewhere')] };
    expect(inShort([withFather], [built('father', 'wife'), built('child')])).toEqual(['new: father wife', 'A: child']);
  });
});

describe('a family that goes on', () => {
  const before = family(older, 'a', 'b');

  it('remembers who left and when, and since when the others belong', () => {
    const next = nextFamily(
      before,
      { ...built('a', 'c'), members: [{ ...member('a'), from: '2026-06-01' }, member('c')] },
      { ...times, familyId: older, identityConflict: true },
    );
    expect(next).toMatchObject({
      version: 4,
      members: [
        { personId: 'a', from: '2026-01-01' },
        { personId: 'c', from: '2026-01-01' },
      ],
      formerMembers: [{ personId: 'b', from: '2026-01-01', to: '2026-11-23' }],
      checks: ['identity-check'],
      createdAt: '2026-01-05T09:00:00.000Z',
    });
  });

  it('built again as it is has not changed', () => {
    expect(hasChanged(before, nextFamily(before, built('a', 'b'), { ...times, familyId: older, identityConflict: false }))).toBe(false);
    expect(hasChanged(before, nextFamily(before, built('a', 'b', 'c'), { ...times, familyId: older, identityConflict: false }))).toBe(true);
  });

  it('that is merged or ends keeps nobody, and says where its people went', () => {
    expect(mergedFamily(before, younger, times)).toMatchObject({
      state: 'merged',
      mergedInto: younger,
      members: [],
      formerMembers: [{ personId: 'a' }, { personId: 'b' }],
    });
    expect(endedFamily(before, times)).toMatchObject({ state: 'ended', members: [] });
    expect(endedFamily(before, times)).not.toHaveProperty('mergedInto');
  });
});

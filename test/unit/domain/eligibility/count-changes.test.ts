import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeKinds, changeOf, noChanges, suppressSmall, type ChangeCounts } from '#shared/domain/eligibility/what-if/count-changes.ts';
import { campaign } from '#test/support/campaigns.ts';

const { runs, seed } = campaign('eligibility');

describe('What becomes of a family under other rules', () => {
  it.each([
    ['yes', 'yes', 'stay'],
    ['yes', 'no', 'lose'],
    ['yes', 'unknown', 'becomeUnknown'],
    ['no', 'yes', 'gain'],
    ['no', 'no', 'stayNot'],
    ['no', 'unknown', 'becomeUnknown'],
    ['unknown', 'yes', 'gain'],
    ['unknown', 'no', 'becomeNot'],
    ['unknown', 'unknown', 'stayUnknown'],
  ] as const)('%s, then %s: %s', (was, is, kind) => {
    expect(changeOf(was, is)).toBe(kind);
  });
});

describe('Small numbers', () => {
  const shown = (counts: Partial<ChangeCounts>) => {
    const { counts: all, isTotalShown } = suppressSmall({ ...noChanges, ...counts });
    return { ...Object.fromEntries(Object.entries(all).filter(([, count]) => count !== 0)), isTotalShown };
  };
  it('of five and more, and of none, are shown', () => {
    expect(shown({ gain: 5, stay: 100 })).toEqual({ gain: 5, stay: 100, isTotalShown: true });
  });
  it('of four are withheld, with the next smallest, from which they could be worked out', () => {
    expect(shown({ gain: 4, lose: 7, stay: 100 })).toEqual({ gain: 'withheld', lose: 'withheld', stay: 100, isTotalShown: true });
  });
  it('are withheld two together without a third, unless their sum tells that each is one', () => {
    expect(shown({ gain: 2, lose: 3, stay: 100 })).toEqual({ gain: 'withheld', lose: 'withheld', stay: 100, isTotalShown: true });
    expect(shown({ gain: 1, lose: 1, stay: 100 })).toEqual({ gain: 'withheld', lose: 'withheld', stay: 'withheld', isTotalShown: true });
  });
  it('take the total with them where there is nothing else', () => {
    expect(shown({ gain: 3 })).toEqual({ gain: 'withheld', isTotalShown: false });
    expect(shown({ gain: 1, lose: 1 })).toEqual({ gain: 'withheld', lose: 'withheld', isTotalShown: false });
  });

  it('can never be worked out: whatever is shown fits at least two answers', () => {
    const small = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 7, max: 400 }));
    const someCounts = fc.tuple(...changeKinds.map(() => small)).map((values) => ({
      ...noChanges,
      ...Object.fromEntries(changeKinds.map((kind, index) => [kind, values[index] ?? 0])),
    }));
    fc.assert(
      fc.property(someCounts, (counts) => {
        const { counts: after, isTotalShown } = suppressSmall(counts);
        const hidden = changeKinds.filter((kind) => after[kind] === 'withheld');
        for (const kind of changeKinds) {
          if (counts[kind] > 0 && counts[kind] < 5) expect(hidden).toContain(kind);
          else if (!hidden.includes(kind)) expect(after[kind]).toBe(counts[kind]);
        }
        if (!isTotalShown || hidden.length === 0) return;
        // What is left of the total is shared by two or more, and not by giving one to each.
        const left = hidden.reduce((sum, kind) => sum + counts[kind], 0);
        expect(hidden.length).toBeGreaterThan(1);
        expect(left).toBeGreaterThan(hidden.length);
      }),
      { seed, numRuns: Math.min(runs, 10_000) },
    );
  });
});

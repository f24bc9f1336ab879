import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesOf, type CaseEntry, type DecisionEntry } from '#shared/domain/cases/case-entry.ts';
import { standingOf, type CaseStanding, type Determined } from '#shared/domain/cases/case-head.ts';
import { suppressed } from '#shared/domain/cases/programme-counts.ts';
import { standsBefore, stepClaim, type Claim, type ClaimState } from '#shared/domain/claims/claim.ts';

const own = '01AAAAAAAAAAAAAAAAAAAAAAAA';
const other = '01BBBBBBBBBBBBBBBBBBBBBBBB';
const at = (minute: number): string => `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z`;
const idOf = (minute: number): string => `01ARZ3NDEKTSV4RRFFQ69G${String(minute).padStart(4, '0')}`;
const ruleSet = { id: 'rules', version: '2021-04-01', title: 'Rules' };

const decision = (minute: number, answer: 'accept' | 'decline', over: Partial<DecisionEntry> = {}): DecisionEntry => ({
  entry: 'decision',
  entryId: idOf(minute),
  familyId: own,
  recordedBy: 'officer-1',
  recordedAt: at(minute),
  answer,
  reason: 'Asked.',
  on: '2026-03-02',
  determination: { version: 1, ruleSet, met: ['P2.H1.5', 'P2.H3.5'] },
  replaces: [],
  ...over,
});
const closure = (minute: number): CaseEntry => ({
  entry: 'fact',
  entryId: idOf(minute),
  familyId: own,
  recordedBy: 'officer-1',
  recordedAt: at(minute),
  fact: { kind: 'closure', on: '2026-03-02', reason: 'Needs met' },
  seenBy: 'whole',
});
const determined = (met: readonly string[], over: Partial<Determined> = {}): Determined => ({
  version: 2,
  at: at(0),
  outcome: 'eligible',
  ruleSet,
  met: [...met],
  headingsMet: [],
  criteriaMet: { met: met.length, of: 30 },
  ...over,
});
const both = ['P2.H1.5', 'P2.H3.5'];
const stand = (entries: readonly CaseEntry[], now: Determined | undefined = determined(both), before?: CaseStanding): CaseStanding =>
  standingOf({ familyId: own, entries, determined: now, isCurrent: true, before });

describe('how a case stands', () => {
  it.each<readonly [string, readonly CaseEntry[], Determined | undefined, CaseStanding['stage']]>([
    ['eligible and not decided', [], determined(both), 'awaiting'],
    ['not eligible', [], determined([], { outcome: 'not-eligible' }), 'none'],
    ['not to be told', [], determined([], { outcome: 'cannot-tell' }), 'none'],
    ['accepted', [decision(1, 'accept')], determined(both), 'open'],
    ['accepted, and no longer eligible', [decision(1, 'accept')], determined([], { outcome: 'not-eligible' }), 'open'],
    ['accepted and closed', [decision(1, 'accept'), closure(2)], determined(both), 'closed'],
    [
      'closed, and accepted anew',
      [decision(1, 'accept'), closure(2), decision(3, 'accept', { replaces: [idOf(1)] })],
      determined(both),
      'open',
    ],
    ['declined', [decision(1, 'decline')], determined(both), 'declined'],
    ['declined with fewer needs now', [decision(1, 'decline')], determined(['P2.H1.5']), 'declined'],
    ['declined with another need now', [decision(1, 'decline')], determined(['P2.H1.5', 'P2.H4.4']), 'awaiting'],
    [
      'declined, with another need but not eligible',
      [decision(1, 'decline')],
      determined(['P2.H4.4'], { outcome: 'cannot-tell' }),
      'declined',
    ],
    ['declined under other rules', [decision(1, 'decline')], determined(both, { ruleSet: { ...ruleSet, id: 'others' } }), 'awaiting'],
    [
      'declined after it was accepted',
      [decision(1, 'accept'), decision(2, 'decline', { replaces: [idOf(1)] })],
      determined(both),
      'declined',
    ],
    [
      'merged of one accepted and one declined',
      [decision(1, 'accept', { familyId: other }), decision(2, 'decline')],
      determined(both),
      'open',
    ],
  ])('%s', (_, entries, now, stage) => {
    expect(stand(entries, now).stage).toBe(stage);
  });

  it('waits since it was determined, through later determinations, and anew after its own decision only', () => {
    const first = stand([], determined(both, { at: at(1) }));
    expect(first.waitingSince).toBe(at(1));
    const second = stand([], determined(both, { at: at(5) }), first);
    expect(second.waitingSince).toBe(at(1));
    const merged = stand([decision(6, 'accept', { familyId: other })], determined(both, { at: at(7) }), second);
    expect(merged).toMatchObject({ stage: 'open', waitingSince: at(1) });
    expect(stand([], determined(both, { at: at(5) }), merged)).toEqual(second);
    expect(stand([decision(8, 'decline')], determined([...both, 'P2.H4.4'], { at: at(9) }), second)).toMatchObject({
      waitingSince: at(9),
      askedAgain: true,
    });
  });

  it('of a family split from another is what was recorded before the split', () => {
    const entries = [decision(1, 'accept', { familyId: other }), decision(5, 'decline', { familyId: other, replaces: [idOf(1)] })];
    expect(stand(entriesOf([{ familyId: own }, { familyId: other, until: at(3) }], entries)).stage).toBe('open');
    expect(stand(entriesOf([{ familyId: own }, { familyId: other }], entries)).stage).toBe('declined');
    expect(stand(entriesOf([{ familyId: own }], entries)).stage).toBe('awaiting');
  });
});

describe('numbers beyond the programme team', () => {
  it.each([
    [0, 0],
    [1, 'fewer than 5'],
    [4, 'fewer than 5'],
    [5, 5],
    [7, 5],
    [8, 10],
    [1902, 1900],
  ])('%i is shown as %s', (count, shown) => {
    expect(suppressed(count)).toBe(shown);
  });
});

describe('a claim', () => {
  const claim: Claim = {
    claimId: idOf(1),
    version: 1,
    state: 'proposed',
    familyId: own,
    lineage: [own],
    kind: 'turned-around',
    ruleSet,
    decision: { entryId: idOf(0), familyId: own, on: '2026-03-02' },
    claimant: 'officer-1',
    since: at(1),
    history: [{ act: 'proposed', by: 'officer-1', at: at(1) }],
    expiresOn: '2051-03-02',
  };
  const states: readonly ClaimState[] = ['proposed', 'returned', 'approved', 'submitted', 'withdrawn'];
  const allowed = [
    'proposed → returned',
    'proposed → approved',
    'approved → submitted',
    ...['proposed', 'returned', 'approved', 'submitted'].map((state) => `${state} → withdrawn`),
  ];

  it('takes these steps and no others', () => {
    const taken = states.flatMap((state) =>
      (['returned', 'approved', 'submitted', 'withdrawn'] as const).flatMap((act) =>
        stepClaim({ ...claim, state }, act, { by: 'x', at: at(2) }) ? [`${state} → ${act}`] : [],
      ),
    );
    expect(taken.toSorted()).toEqual(allowed.toSorted());
  });

  it('of any two about one family at most one stands in the other’s way, and of two that are not withdrawn exactly one', () => {
    const any = fc.record({ claimId: fc.constantFrom(idOf(1), idOf(2)), state: fc.constantFrom(...states) });
    fc.assert(
      fc.property(any, any, (x, y) => {
        fc.pre(x.claimId !== y.claimId);
        const [one, two] = [
          { ...claim, ...x },
          { ...claim, ...y },
        ];
        const inTheWay = [standsBefore(one, two), standsBefore(two, one)].filter(Boolean);
        const standing = [one, two].filter(({ state }) => state !== 'withdrawn');
        expect(inTheWay).toHaveLength(standing.length === 0 ? 0 : 1);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

import { isDeepStrictEqual } from 'node:util';
import type { Judgement } from '../../domain/people/judgement.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import { pairOfPeople, pairOfRow, sharedIdentifiers, type Pair } from '../../domain/people/review.ts';
import { joinApart, strictest, withApart, withoutApart, withSet } from '../../domain/people/set-by-people.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { PersonWithPast } from './judgement-repository.ts';
import { profileChanges, type JudgementRun } from './judgement-run.ts';

/**
 * After the last row has moved: redirects, what is remembered about the two, and the families that have to be looked at, in
 * one transaction under the versions of the people as they were when nothing was left to move.
 */
export const finishJudgement = async (run: JudgementRun, people: ReadonlyMap<string, PersonWithPast>): Promise<boolean> => {
  const { undone, ports } = run;
  const at = ports.clock.now();
  const { profiles, pair: state } = outcome(run, people);
  const touched = await touchedPeople(run);
  const outboxId = ports.newId();
  const fragments: TransactionFragment[] = [
    ports.records.changesFragment(profileChanges(profiles)),
    ...(await pairFragments(run, people, state)),
    ports.outbox.addFragment({
      outboxId,
      createdAt: at,
      work: { kind: 'people', personIds: touched, ...(undone === undefined ? {} : { restores: undone.judgement.judgementId }) },
    }),
    ...(undone === undefined
      ? []
      : [ports.judgements.judgementFragment({ ...undone.judgement, status: 'undone', version: undone.judgement.version + 1 })]),
  ];
  const done = await run.step({ status: 'applied', appliedAt: at }, fragments);
  // Where the announcement is lost the sweep finds the entry.
  if (done) await ports.queue.send([{ kind: 'outbox', outboxId }]);
  return done;
};

type PairState = Pair['state'];

/** The profiles that change, and what is to be remembered about the two. */
const outcome = (
  { judgement, undone }: JudgementRun,
  people: ReadonlyMap<string, PersonWithPast>,
): { readonly profiles: readonly PersonProfile[]; readonly pair: PairState | undefined } => {
  const [first = '', second = ''] = judgement.people;
  const [a, b] = [people.get(first)?.profile, people.get(second)?.profile];
  if (a === undefined || b === undefined) return { profiles: [], pair: undefined };
  switch (undone === undefined ? judgement.kind : undone.judgement.kind) {
    case 'same':
      if (undone !== undefined) return takenApart(undone.judgement, a, b);
      return {
        profiles: [
          withSet(a, { apart: joinApart(a, b) }),
          withSet(b, { redirect: { to: a.personId, judgementId: judgement.judgementId } }),
        ],
        pair: 'same',
      };
    case 'different':
      return undone === undefined ? keptApart(a, b) : noLongerApart(a, b);
    case 'split': {
      if (undone === undefined) return keptApart(a, b);
      const [back, gone] = noLongerApart(a, b).profiles;
      return {
        profiles: [
          ...(back ? [back] : []),
          ...(gone ? [withSet(gone, { redirect: { to: a.personId, judgementId: judgement.judgementId } })] : []),
        ],
        pair: 'undone',
      };
    }
    default:
      return { profiles: [], pair: undefined };
  }
};

const keptApart = (a: PersonProfile, b: PersonProfile) => {
  const identifiers = [...sharedIdentifiers(a.identityKeys, b.identityKeys)];
  return {
    profiles: [
      withSet(a, { apart: withApart(a.apart, { personId: b.personId, identifiers }) }),
      withSet(b, { apart: withApart(b.apart, { personId: a.personId, identifiers }) }),
    ],
    pair: 'different' as const,
  };
};

const noLongerApart = (a: PersonProfile, b: PersonProfile) => ({
  profiles: [withSet(a, { apart: withoutApart(a.apart, b.personId) }), withSet(b, { apart: withoutApart(b.apart, a.personId) })],
  pair: 'undone' as const,
});

/** A merge is taken back: what it brought to the one who stayed goes, what has been set since stays, and the two are apart. */
const takenApart = ({ before = [] }: Judgement, kept: PersonProfile, gone: PersonProfile) => {
  const [wasKept, wasGone] = [kept, gone].map(({ personId }) => before.find((each) => each.personId === personId));
  const brought = new Set(
    (wasGone?.apart ?? []).map(({ personId }) => personId).filter((id) => !wasKept?.apart?.some(({ personId }) => personId === id)),
  );
  const isAsMerged = isDeepStrictEqual(kept.restriction, strictest(wasKept?.restriction, wasGone?.restriction));
  const restored = withSet(kept, {
    apart: (kept.apart ?? []).filter(({ personId }) => !brought.has(personId)),
    restriction: isAsMerged ? wasKept?.restriction : kept.restriction,
  });
  return keptApart(restored, gone);
};

const pairFragments = async (
  run: JudgementRun,
  people: ReadonlyMap<string, PersonWithPast>,
  state: PairState | undefined,
): Promise<readonly TransactionFragment[]> => {
  const { judgement, ports, undone } = run;
  const [first = '', second] = judgement.people;
  const ofPeople = state === undefined || second === undefined ? [] : [pairOfPeople(first, second)];
  const held = await ports.reviews.findPairs([...ofPeople, ...judgement.rows.map((row) => pairOfRow(first, row))]);
  const [keysA = [], keysB = []] = [first, second ?? ''].map((personId) => people.get(personId)?.profile.identityKeys);
  const ofRows: PairState = undone === undefined ? (judgement.kind === 'confirm' ? 'same' : 'different') : 'undone';
  // A row stands in a pair only where somebody was asked about it.
  const pairs: readonly Pair[] = [
    ...ofPeople.map((pairId) => ({
      ...(held.find((pair) => pair.pairId === pairId) ?? { pairId, version: 0 }),
      state: state ?? 'undone',
      identifiers: [...sharedIdentifiers(keysA, keysB)],
    })),
    ...held.filter(({ pairId }) => !ofPeople.includes(pairId)).map((pair) => ({ ...pair, state: ofRows })),
  ];
  return pairs.map((pair) => ports.reviews.pairFragment({ ...pair, version: pair.version + 1, judgementId: judgement.judgementId }));
};

/** The people of the judgement, and those whom the moved rows are about as well. */
const touchedPeople = async ({ judgement, ports }: JudgementRun): Promise<readonly string[]> => {
  const made = await ports.judgements.readMade(judgement.judgementId);
  const ledgers = await ports.records.readLedgers(made.map(({ rowId }) => rowId));
  return [...new Set([...judgement.people, ...ledgers.flatMap(({ subjects }) => subjects.map(({ personId }) => personId))])];
};

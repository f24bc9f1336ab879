import * as fc from 'fast-check';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { withKeys } from '#shared/domain/matching/match-keys.ts';
import { assembleView } from '#shared/domain/people/assemble-profile.ts';
import type { Judgement, JudgementKind } from '#shared/domain/people/judgement.ts';
import { staysAt, staysOf } from '#shared/domain/people/person-history.ts';
import type { Address } from '#shared/domain/people/person-details.ts';
import type { PersonRecord } from '#shared/domain/people/person-record.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { aRecord } from '#test/support/a-record.ts';
import { campaign } from '#test/support/campaigns.ts';
import { MemoryPeople } from '#test/support/memory-people.ts';

const { runs, seed } = campaign('judgements');
const hash = keyedHash(new Uint8Array(32).fill(7), 1);
const people = [
  '01ARZ3NDEKTSV4RRFFQ69G5FA0',
  '01ARZ3NDEKTSV4RRFFQ69G5FA1',
  '01ARZ3NDEKTSV4RRFFQ69G5FA2',
  '01ARZ3NDEKTSV4RRFFQ69G5FA3',
] as const;
const person = fc.constantFrom(...people);
const day = (n: number): string => `2025-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`;

const detailsArb = fc.record(
  {
    forename: fc.constantFrom('Aoife', 'Rhys', 'Nia'),
    surname: fc.constantFrom('Example', 'Exampel', 'Owen-Example'),
    birthDate: fc.constantFrom('2015-03-09', '2012-02-29'),
    nhsNumber: fc.constantFrom('9434765919', '9876543210'),
    address: fc.constantFrom<Address[]>({ lines: ['1 Mill Lane'], postcode: 'L36 9GL' }, { lines: ['2 High Street'], postcode: 'L36 1AB' }),
    addressProtected: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** A row about one or two people, with earlier contents that may have been about somebody else. */
const rowArb = fc
  .record({
    parts: fc.array(
      fc.record({ personId: person, earlier: fc.array(person, { maxLength: 2 }), details: detailsArb, inDoubt: fc.option(person) }),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
    when: fc.nat({ max: 300 }),
  })
  .map(
    ({ parts, when }): ((rowId: string) => PersonRecord[]) =>
      (rowId) =>
        parts.flatMap(({ personId, earlier, details, inDoubt }, index): PersonRecord[] => {
          const subject = index === 0 ? 'pupil' : 'parent';
          const other = parts[1 - index];
          const common = {
            rowId,
            subject,
            details,
            periodStart: day(when),
            periodEnd: day(when),
            relations:
              other === undefined
                ? []
                : [{ toSubject: index === 0 ? 'parent' : 'pupil', relation: 'child-of' as const, toPersonId: other.personId }],
          };
          return [
            ...earlier.map((was, version) =>
              aRecord({ ...common, personId: was, status: 'superseded', endedOn: '2026-01-01', contentVersion: version + 1 }),
            ),
            aRecord({
              ...common,
              personId,
              contentVersion: earlier.length + 1,
              ...(inDoubt !== null && inDoubt !== personId && { review: 'several-people' as const, reviewWith: [inDoubt] }),
            }),
          ];
        }),
  );

const worldArb = fc
  .array(rowArb, { minLength: 1, maxLength: 8 })
  .map((rows) => rows.flatMap((row, index) => row(`v1.row-${String(index)}`)));

let number = 0;
const aJudgement = (kind: JudgementKind, about: readonly string[], over: Partial<Judgement> = {}): Judgement => {
  number += 1;
  return {
    judgementId: ulid(1_700_000_000_000 + number),
    version: 1,
    kind,
    status: 'applying',
    people: [...about],
    rows: [],
    decided: { staffId: 'officer-1', roles: ['programme-officer'], at: '2026-03-01T00:00:00.000Z', reason: 'so it is' },
    risks: [],
    chunk: 0,
    moved: 0,
    expiresOn: '2040-01-05',
    ...over,
  };
};

/** Who is who at present, as text: records, ledgers, and profiles with the keys by which people are found. */
const view = (world: MemoryPeople): string =>
  JSON.stringify([
    world.records.map((record) => JSON.stringify(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted(),
    [...world.ledgers.values()].toSorted((a, b) => (a.rowId < b.rowId ? -1 : 1)),
    people.map((personId) => withKeys(hash, assembleView(world.of(personId), ''), '2026-03-01')),
  ]);

const pairArb = fc.tuple(person, person).filter(([a, b]) => a !== b);
const chunkArb = fc.integer({ min: 1, max: 4 });

const check = <Ts extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<Ts>): void => {
  fc.assert(property, { numRuns: runs, seed });
};

describe('judgements about any people', () => {
  it('a merge and its undo leave who is who as it was, byte for byte', () => {
    check(
      fc.property(worldArb, pairArb, chunkArb, chunkArb, (records, [kept, gone], one, other) => {
        const world = new MemoryPeople(records);
        const before = view(world);
        const merge = aJudgement('same', [kept, gone]);
        world.judge(merge, one);
        expect(world.of(gone).filter(({ status }) => status !== 'superseded')).toEqual([]);
        world.judge(aJudgement('undo', [kept, gone], { undoes: merge.judgementId }), other, merge);
        expect(view(world)).toBe(before);
      }),
    );
  });

  it('so do several judgements of any kind, undone from the last to the first', () => {
    const kindArb = fc.constantFrom<JudgementKind>('same', 'different', 'split', 'confirm');
    check(
      fc.property(worldArb, fc.array(fc.tuple(kindArb, pairArb), { minLength: 1, maxLength: 4 }), chunkArb, (records, steps, chunk) => {
        const world = new MemoryPeople(records);
        const past: { judgement: Judgement; before: string }[] = [];
        for (const [kind, about] of steps) {
          const rows = world
            .of(about[0])
            .slice(0, 2)
            .map(({ rowId, subject }) => ({ rowId, subject }));
          const judgement = aJudgement(kind, kind === 'confirm' ? about.slice(0, 1) : about, { rows });
          past.push({ judgement, before: view(world) });
          world.judge(judgement, chunk);
        }
        for (const { judgement, before } of past.toReversed()) {
          world.judge(aJudgement('undo', judgement.people, { undoes: judgement.judgementId }), chunk, judgement);
          expect(view(world)).toBe(before);
        }
      }),
    );
  });

  it('no row is lost or doubled: each is with the person its ledger names, and with nobody else', () => {
    check(
      fc.property(worldArb, fc.array(pairArb, { minLength: 1, maxLength: 4 }), chunkArb, (records, merges, chunk) => {
        const world = new MemoryPeople(records);
        for (const pair of merges) world.judge(aJudgement('same', pair), chunk);
        const counting = world.records.filter(({ status }) => status !== 'superseded');
        expect(counting).toHaveLength(records.filter(({ status }) => status !== 'superseded').length);
        for (const { rowId, subjects } of world.ledgers.values()) {
          for (const { subject, personId } of subjects) {
            expect(
              counting.filter((record) => record.rowId === rowId && record.subject === subject).map((record) => record.personId),
            ).toEqual([personId]);
          }
        }
        for (const { relations, rowId } of counting) {
          for (const { toSubject, toPersonId } of relations) {
            expect(counting.find((record) => record.rowId === rowId && record.subject === toSubject)?.personId).toBe(toPersonId);
          }
        }
      }),
    );
  });

  it('what a row says is never altered', () => {
    check(
      fc.property(worldArb, pairArb, chunkArb, (records, pair, chunk) => {
        const contents = (some: readonly PersonRecord[]): string[] =>
          some
            .map(({ rowId, subject, contentVersion, details, facts }) => JSON.stringify([rowId, subject, contentVersion, details, facts]))
            .toSorted();
        const world = new MemoryPeople(records);
        world.judge(aJudgement('same', pair), chunk);
        expect(contents(world.records)).toEqual(contents(records));
      }),
    );
  });

  it('at any time a row stays with exactly one person, also in what is told later', () => {
    check(
      fc.property(worldArb, pairArb, chunkArb, (records, [kept, gone], chunk) => {
        const world = new MemoryPeople(records);
        const merge = aJudgement('same', [kept, gone]);
        world.judge(merge, chunk);
        world.judge(aJudgement('undo', [kept, gone], { undoes: merge.judgementId }), chunk, merge);
        const stays = people.flatMap((personId) =>
          staysOf(
            world.of(personId),
            world.departures.filter((departure) => departure.personId === personId),
          ),
        );
        const instants = stays.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to]));
        const rows = world.records
          .filter(({ status }) => status !== 'superseded')
          .map(({ rowId, subject }) => `${rowId} ${subject}`)
          .toSorted();
        for (const instant of new Set(instants)) {
          const later = new Date(Date.parse(instant) + 1).toISOString();
          expect(
            staysAt(stays, later)
              .map(({ rowId, subject }) => `${rowId} ${subject}`)
              .toSorted(),
          ).toEqual(rows);
        }
      }),
    );
  });
});

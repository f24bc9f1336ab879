import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { evaluateFamily } from '#shared/domain/eligibility/evaluate-family.ts';
import type { FamilyEvidence } from '#shared/domain/eligibility/family-evidence.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import { canonicalJson } from '#shared/domain/eligibility/replay/canonical-json.ts';
import { compareValues } from '#shared/domain/eligibility/replay/compare-values.ts';
import { determinationRecordSchema, type DeterminationRecord } from '#shared/domain/eligibility/replay/determination-record.ts';
import { replayDetermination } from '#shared/domain/eligibility/replay/replay-determination.ts';
import { eraseRow, sealDetermination, sealOf } from '#shared/domain/eligibility/replay/seal-determination.ts';
import { usualTerms } from '#shared/domain/eligibility/term-calendars/usual-terms.ts';
import { describeReplay } from '#infra/local/cli/replay/describe-replay.ts';
import { aChild, aParent, aRecord, benefit, everythingCovered, inNeed, offence } from './builders.ts';

const erased = (record: DeterminationRecord, erasure: DeterminationRecord['erasures'][number]): DeterminationRecord => {
  const { rows, erasures } = eraseRow({ ...record, rows: record.contents.rows }, erasure);
  return { ...record, contents: { ...record.contents, rows }, erasures };
};

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const family: FamilyEvidence = {
  asAt: '2026-11-23',
  members: [
    aChild([
      aRecord('childrens-social-care', [inNeed('2026-01-01')], { uploadId: 'UPLOAD-A', row: 3 }),
      aRecord('youth-justice', [offence('2026-06-30')], { uploadId: 'UPLOAD-B', row: 7 }),
    ]),
    aParent([aRecord('dwp-benefits', [benefit('2026-01-01')], { uploadId: 'UPLOAD-C', row: 1, accessClass: 'benefits' })]),
  ],
};
const question = { family, coverage: everythingCovered, ruleSet: knowsleySixHeadings, termCalendar: usualTerms };

const seal = (): DeterminationRecord =>
  sealDetermination(
    { familyId: 'FAMILY', version: 2, determinedAt: '2026-11-23T09:00:00.000Z', determination: evaluateFamily(question), ...question },
    { sha256, nonceOf: ({ uploadId, row }) => `nonce of ${uploadId} ${String(row)}` },
  );
/** As it comes back out of a file. */
const stored = (record: DeterminationRecord): DeterminationRecord => determinationRecordSchema.parse(JSON.parse(JSON.stringify(record)));
const replay = (record: DeterminationRecord) => replayDetermination(record, sha256);

describe('canonical JSON', () => {
  it.each([
    [{ b: 1, a: [true, null, 'é'] }, '{"a":[true,null,"é"],"b":1}'],
    [{ a: undefined, c: { z: 0, y: -0.5 } }, '{"c":{"y":-0.5,"z":0}}'],
    // RFC 8785, 3.2.3: by UTF-16 code units.
    [{ '\u20ac': 1, '\r': 2, '1': 4, '\ud83d\ude00': 5, '\ufb33': 7 }, '{"\\r":2,"1":4,"€":1,"😀":5,"\ufb33":7}'],
    [[1e21, 0.000001, 1e-7], '[1e+21,0.000001,1e-7]'],
  ])('of %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([[NaN], [Infinity], [() => 1]])('refuses what JSON cannot say: %s', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

describe('a sealed determination', () => {
  it('is made again to the last byte', () => {
    const record = stored(seal());
    expect(replay(record)).toEqual({ verdict: 'identical', determination: sha256(canonicalJson(record.determination)) });
  });

  it('has the same seal whatever the order of people, rows and files', () => {
    const turned = {
      ...question,
      coverage: everythingCovered.toReversed(),
      family: { ...family, members: family.members.map((each) => ({ ...each, records: each.records.toReversed() })).toReversed() },
    };
    const other = sealDetermination(
      { familyId: 'FAMILY', version: 2, determinedAt: '2026-11-23T09:00:00.000Z', determination: evaluateFamily(turned), ...turned },
      { sha256, nonceOf: ({ uploadId, row }) => `nonce of ${uploadId} ${String(row)}` },
    );
    expect(other.seal).toBe(seal().seal);
    expect(canonicalJson(other)).toBe(canonicalJson(seal()));
  });

  it('shows what was sealed as it was: an answer changed afterwards is found', () => {
    const record = stored(seal());
    expect(replay({ ...record, determination: { ...record.determination, outcome: 'not-eligible' } })).toEqual({
      verdict: 'broken',
      problems: ['The determination is not the one that was sealed.', 'Made again from what was sealed, it differs in: outcome.'],
    });
  });

  it.each([
    ['the family', (record: DeterminationRecord) => ({ ...record, familyId: 'ANOTHER' }), /The seal does not fit/],
    [
      'the day',
      (record: DeterminationRecord) => ({
        ...record,
        sealed: { ...record.sealed, family: { ...record.sealed.family, asAt: '2026-11-24' } },
      }),
      /The seal does not fit/,
    ],
    [
      'a threshold',
      (record: DeterminationRecord) => ({
        ...record,
        contents: {
          ...record.contents,
          ruleSet: {
            ...record.contents.ruleSet,
            entry: { ...record.contents.ruleSet.entry, atLeast: 1 } as typeof record.contents.ruleSet.entry,
          },
        },
      }),
      /The rule set is not/,
    ],
    [
      'a covered period',
      (record: DeterminationRecord) => ({ ...record, contents: { ...record.contents, coverage: record.contents.coverage.slice(1) } }),
      /The coverage is not/,
    ],
    [
      'a row',
      (record: DeterminationRecord) => ({
        ...record,
        contents: {
          ...record.contents,
          rows: Object.fromEntries(
            Object.entries(record.contents.rows).map(([hash, kept]) => [hash, { ...kept, record: { ...kept.record, facts: [] } }]),
          ),
        },
      }),
      /The content of row 3 of upload UPLOAD-A is not/,
    ],
    [
      'a row that is simply gone',
      (record: DeterminationRecord) => ({ ...record, contents: { ...record.contents, rows: {} } }),
      /The content of row 7 of upload UPLOAD-B is missing, and no erasure is recorded/,
    ],
  ])('finds a change of %s', (_, change, message) => {
    const outcome = replay(change(stored(seal())));
    expect(outcome.verdict).toBe('broken');
    expect(outcome.verdict === 'broken' && outcome.problems.join('\n')).toMatch(message);
  });

  it('names rows that have been erased since, and still verifies the answer that was given', () => {
    const erasure = { uploadId: 'UPLOAD-B', row: 7, erasureId: 'ERASURE-1', on: '2028-01-05', because: 'Retention period over' };
    const record = erased(stored(seal()), erasure);
    expect(JSON.stringify(record.contents)).not.toContain('UPLOAD-B');
    const outcome = replay(record);
    expect(outcome).toEqual({
      verdict: 'verified-with-erasures',
      determination: record.sealed.determination,
      erased: [{ personId: 'child', ...erasure }],
      withheld: [],
    });
    expect(describeReplay(record, outcome).at(-1)).toBe(
      '  row 7 of upload UPLOAD-B about person child: erased on 2028-01-05, erasure ERASURE-1: Retention period over',
    );
  });

  it('says what differs where the rules’ code would answer otherwise today', () => {
    // A record sealed by an engine that answered the first criterion the other way.
    const honest = seal();
    const [first, ...others] = honest.determination.criteria;
    if (!first) throw new Error('no criterion');
    const determination = { ...honest.determination, criteria: [{ ...first, value: 'unknown' as const }, ...others] };
    const sealed = { ...honest.sealed, determination: sha256(canonicalJson(determination)) };
    const old = { ...honest, engine: 0, sealed, determination };
    const record = { ...old, engine: 0, seal: sealOf(old, sha256) };
    const outcome = replay(record);
    expect(outcome).toEqual({
      verdict: 'differs',
      differences: [{ path: 'criteria.P2.H1.1.value', before: '"unknown"', after: '"met"' }],
      engine: { then: 0, now: 3 },
    });
    expect(describeReplay(record, outcome).at(-1)).toBe('  criteria.P2.H1.1.value: "unknown" then, "met" now');
  });

  it('says in its hashes nothing about a row: the same row under another nonce has another', () => {
    const rows = (nonce: string) =>
      Object.keys(
        sealDetermination(
          {
            familyId: 'FAMILY',
            version: 1,
            determinedAt: '2026-11-23T09:00:00.000Z',
            determination: evaluateFamily(question),
            ...question,
          },
          { sha256, nonceOf: () => nonce },
        ).contents.rows,
      );
    expect(rows('a').some((hash) => rows('b').includes(hash))).toBe(false);
  });
});

describe('the difference of two values', () => {
  it('is each smallest part, named by id', () => {
    expect(
      compareValues({ list: [{ id: 'a', n: 1 }, { id: 'b' }], same: 1 }, { list: [{ id: 'b' }, { id: 'a', n: 2 }, { id: 'c' }], same: 1 }),
    ).toEqual([
      { path: 'list.a.n', before: '1', after: '2' },
      { path: 'list.c', before: undefined, after: '{"id":"c"}' },
    ]);
  });
});

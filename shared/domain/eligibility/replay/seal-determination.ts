import type { Determination } from '../determination.ts';
import type { CoveredPeriod, EvidenceRecord, FamilyEvidence } from '../family-evidence.ts';
import type { RuleSet } from '../rule-set.ts';
import type { TermCalendar } from '../term-calendar.ts';
import { canonicalJson, type Sha256 } from './canonical-json.ts';
import { determinationRecordSchema, engineVersion, type DeterminationRecord } from './determination-record.ts';

/** What the seal is over. */
export const sealOf = (
  {
    familyId,
    version,
    determinedAt,
    engine,
    sealed,
  }: Omit<DeterminationRecord, 'seal' | 'contents' | 'erasures' | 'determination' | 'format'>,
  sha256: Sha256,
): string => sha256(canonicalJson({ familyId, version, determinedAt, engine, sealed }));

const inOrder = (a: CoveredPeriod, b: CoveredPeriod): number => {
  const [keyA, keyB] = [canonicalJson(a), canonicalJson(b)];
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
};

/**
 * A determination with all that it was made from. `nonceOf` gives each row something random that is kept with it; the same row of the
 * same record may have the same one.
 */
export const sealDetermination = (
  {
    familyId,
    version,
    determinedAt,
    determination,
    family,
    coverage,
    ruleSet,
    termCalendar,
  }: {
    readonly familyId: string;
    readonly version: number;
    readonly determinedAt: string;
    readonly determination: Determination;
    readonly family: FamilyEvidence;
    readonly coverage: readonly CoveredPeriod[];
    readonly ruleSet: RuleSet;
    readonly termCalendar: TermCalendar;
  },
  { sha256, nonceOf }: { readonly sha256: Sha256; readonly nonceOf: (record: EvidenceRecord) => string },
): DeterminationRecord => {
  const hashOf = (value: unknown): string => sha256(canonicalJson(value));
  const rows = new Map<string, unknown>();
  const members = family.members
    .map(({ records, ...member }) => ({
      ...member,
      rows: records
        .map((record) => {
          const kept = { nonce: nonceOf(record), record };
          const hash = hashOf(kept);
          rows.set(hash, kept);
          return { uploadId: record.uploadId, row: record.row, sha256: hash };
        })
        .toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    }))
    .toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
  const periods = coverage.toSorted(inOrder);
  const sealed = {
    ruleSet: hashOf(ruleSet),
    termCalendar: hashOf(termCalendar),
    coverage: hashOf(periods),
    determination: hashOf(determination),
    family: { asAt: family.asAt, assessedOn: family.assessedOn, members },
  };
  const named = { familyId, version, determinedAt, engine: engineVersion, sealed };
  // Through the schema: what is kept is what will be read.
  return determinationRecordSchema.parse({
    format: 'determination-record/1',
    ...named,
    seal: sha256(canonicalJson(named)),
    contents: { ruleSet, termCalendar, coverage: periods, rows: Object.fromEntries(rows) },
    erasures: [],
    determination,
  });
};

/** The record after the content of a row has been erased: its place, hash and the reason stay. */
export const eraseRow = (record: DeterminationRecord, erasure: DeterminationRecord['erasures'][number]): DeterminationRecord => {
  const hashes = new Set(
    record.sealed.family.members
      .flatMap(({ rows }) => rows)
      .filter(({ uploadId, row }) => uploadId === erasure.uploadId && row === erasure.row)
      .map(({ sha256 }) => sha256),
  );
  const rows = Object.fromEntries(Object.entries(record.contents.rows).filter(([hash]) => !hashes.has(hash)));
  return { ...record, contents: { ...record.contents, rows }, erasures: [...record.erasures, erasure] };
};

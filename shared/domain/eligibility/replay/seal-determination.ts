import type { Determination } from '../determination.ts';
import type { CoveredPeriod, EvidenceRecord, FamilyEvidence } from '../family-evidence.ts';
import type { RuleSet } from '../rule-set.ts';
import type { TermCalendar } from '../term-calendar.ts';
import { canonicalJson, type Sha256 } from './canonical-json.ts';
import {
  determinationRecordSchema,
  engineVersion,
  type DeterminationRecord,
  type Erasure,
  type SealedInputs,
} from './determination-record.ts';

/** What the seal is over. */
export const sealOf = (
  { familyId, version, determinedAt, engine, sealed }: Omit<SealedInputs, 'seal' | 'rows' | 'erasures'>,
  sha256: Sha256,
): string => sha256(canonicalJson({ familyId, version, determinedAt, engine, sealed }));

const inOrder = (a: CoveredPeriod, b: CoveredPeriod): number => {
  const [keyA, keyB] = [canonicalJson(a), canonicalJson(b)];
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
};

interface Determined {
  readonly familyId: string;
  readonly version: number;
  readonly determinedAt: string;
  readonly determination: Determination;
  readonly family: FamilyEvidence;
}

/** What many families are held against. */
export interface SharedInputs {
  readonly coverage: readonly CoveredPeriod[];
  readonly ruleSet: RuleSet;
  readonly termCalendar: TermCalendar;
}

/** By what the shared inputs stand in each record; coverage in one order, whatever order it came in. */
export const sharedTexts = ({ coverage, ruleSet, termCalendar }: SharedInputs): Readonly<Record<keyof SharedInputs, string>> => ({
  coverage: canonicalJson(coverage.toSorted(inOrder)),
  ruleSet: canonicalJson(ruleSet),
  termCalendar: canonicalJson(termCalendar),
});

interface Means {
  readonly sha256: Sha256;
  /** Something random for each row that is kept with it; the same row of the same record may have the same one. */
  readonly nonceOf: (record: EvidenceRecord) => string;
}

/** A determination's own inputs under seal, with the hashes of those that it shares with others. */
export const sealInputs = (
  { familyId, version, determinedAt, determination, family }: Determined,
  shared: Readonly<Record<keyof SharedInputs, string>>,
  { sha256, nonceOf }: Means,
): SealedInputs => {
  const hashOf = (value: unknown): string => sha256(canonicalJson(value));
  const rows: SealedInputs['rows'] = {};
  const members = family.members
    .map(({ records, ...member }) => ({
      ...member,
      rows: records
        .map((record) => {
          const kept = { nonce: nonceOf(record), record: { ...record, facts: [...record.facts] } };
          const hash = hashOf(kept);
          rows[hash] = kept;
          return { uploadId: record.uploadId, row: record.row, sha256: hash };
        })
        .toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    }))
    .toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
  const sealed = { ...shared, determination: hashOf(determination), family: { asAt: family.asAt, assessedOn: family.assessedOn, members } };
  const named = { familyId, version, determinedAt, engine: engineVersion, sealed };
  return { ...named, seal: sealOf(named, sha256), rows, erasures: [] };
};

/** The record as it is exported and replayed. Throws ZodError where a part is not what the format says. */
export const assembleRecord = (
  { rows, ...inputs }: SealedInputs,
  determination: Determination,
  { coverage, ruleSet, termCalendar }: SharedInputs,
): DeterminationRecord =>
  // Through the schema: what is kept is what will be read.
  determinationRecordSchema.parse({
    format: 'determination-record/1',
    ...inputs,
    contents: { ruleSet, termCalendar, coverage: coverage.toSorted(inOrder), rows },
    determination,
  });

/** A determination with all that it was made from. */
export const sealDetermination = (
  { coverage, ruleSet, termCalendar, ...determined }: Determined & SharedInputs,
  means: Means,
): DeterminationRecord => {
  const texts = sharedTexts({ coverage, ruleSet, termCalendar });
  const shared = {
    coverage: means.sha256(texts.coverage),
    ruleSet: means.sha256(texts.ruleSet),
    termCalendar: means.sha256(texts.termCalendar),
  };
  return assembleRecord(sealInputs(determined, shared, means), determined.determination, { coverage, ruleSet, termCalendar });
};

/** The inputs after the content of a row has been erased: its place, hash and the reason stay. */
export const eraseRow = (inputs: SealedInputs, erasure: Erasure): SealedInputs => {
  const hashes = new Set(
    inputs.sealed.family.members
      .flatMap(({ rows }) => rows)
      .filter(({ uploadId, row }) => uploadId === erasure.uploadId && row === erasure.row)
      .map(({ sha256 }) => sha256),
  );
  const rows = Object.fromEntries(Object.entries(inputs.rows).filter(([hash]) => !hashes.has(hash)));
  return { ...inputs, rows, erasures: [...inputs.erasures, erasure] };
};

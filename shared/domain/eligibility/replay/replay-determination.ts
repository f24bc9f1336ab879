import type { Determination } from '../determination.ts';
import { evaluateFamily } from '../evaluate-family.ts';
import { canonicalJson, type Sha256 } from './canonical-json.ts';
import { compareValues, type Difference } from './compare-values.ts';
import { engineVersion, type DeterminationRecord, type RowReference } from './determination-record.ts';
import { sealOf } from './seal-determination.ts';

interface ErasedRow extends Pick<RowReference, 'uploadId' | 'row'> {
  readonly personId: string;
  readonly erasureId: string;
  readonly on: string;
  readonly because: string;
}

export type Replay =
  /** Recomputed, and every byte is the same. */
  | { readonly verdict: 'identical'; readonly determination: string }
  /** The inputs are what they were; the answer would be another today. */
  | {
      readonly verdict: 'differs';
      readonly differences: readonly Difference[];
      readonly engine: { readonly then: number; readonly now: number };
    }
  /** It cannot be recomputed, because rows have been erased or are withheld; the answer kept is the one that was given. */
  | {
      readonly verdict: 'verified-with-erasures';
      readonly determination: string;
      readonly erased: readonly ErasedRow[];
      /** Rows that are there and were not given out. */
      readonly withheld: NonNullable<DeterminationRecord['withheld']>;
    }
  /** Something is not what was sealed, or is lost. */
  | { readonly verdict: 'broken'; readonly problems: readonly string[] };

const notSealed = (name: string): string => `${name} is not the one that was sealed.`;
const answerChanged = notSealed('The determination');

const plainRow = ({ uploadId, row }: Pick<RowReference, 'uploadId' | 'row'>): string => `row ${String(row)} of upload ${uploadId}`;

/** Whatever is not what was sealed. */
const findProblems = (record: DeterminationRecord, sha256: Sha256): string[] => {
  const { sealed, contents } = record;
  const isSame = (value: unknown, hash: string): boolean => sha256(canonicalJson(value)) === hash;
  const parts = [
    ['The rule set', contents.ruleSet, sealed.ruleSet],
    ['The term calendar', contents.termCalendar, sealed.termCalendar],
    ['The coverage', contents.coverage, sealed.coverage],
    ['The determination', record.determination, sealed.determination],
  ] as const;
  return [
    ...(sealOf(record, sha256) === record.seal ? [] : ['The seal does not fit the record: a name, a date or a reference was changed.']),
    ...parts.flatMap(([name, value, hash]) => (isSame(value, hash) ? [] : [notSealed(name)])),
    ...sealed.family.members.flatMap(({ rows }) =>
      rows.flatMap((reference) => {
        const kept = contents.rows[reference.sha256];
        if (kept === undefined) {
          const isErased = [...record.erasures, ...(record.withheld ?? [])].some(
            ({ uploadId, row }) => uploadId === reference.uploadId && row === reference.row,
          );
          return isErased ? [] : [`The content of ${plainRow(reference)} is missing, and no erasure is recorded.`];
        }
        return isSame(kept, reference.sha256) ? [] : [`The content of ${plainRow(reference)} is not the one that was sealed.`];
      }),
    ),
  ];
};

const erasedRows = ({ sealed, contents, erasures }: DeterminationRecord): ErasedRow[] =>
  sealed.family.members.flatMap(({ personId, rows }) =>
    rows.flatMap(({ uploadId, row, sha256 }) => {
      const erasure = erasures.find((each) => each.uploadId === uploadId && each.row === row);
      return contents.rows[sha256] === undefined && erasure
        ? [{ personId, uploadId, row, erasureId: erasure.erasureId, on: erasure.on, because: erasure.because }]
        : [];
    }),
  );

/** Makes a determination again from what was kept with it, and says whether every byte is the same. Never throws for a damaged record. */
export const replayDetermination = (record: DeterminationRecord, sha256: Sha256): Replay => {
  const problems = findProblems(record, sha256);
  const { sealed, determination } = record;
  const erased = erasedRows(record);
  const withheld = record.withheld ?? [];
  const isWhole = erased.length + withheld.length === 0;
  if (problems.length > 0) {
    const isAnswerAlone = problems.length === 1 && problems[0] === answerChanged;
    return { verdict: 'broken', problems: isAnswerAlone && isWhole ? [...problems, whereAnswerDiffers(record)] : problems };
  }
  if (!isWhole) return { verdict: 'verified-with-erasures', determination: sealed.determination, erased, withheld };
  const again = makeAgain(record);
  return canonicalJson(again) === canonicalJson(determination)
    ? { verdict: 'identical', determination: sealed.determination }
    : { verdict: 'differs', differences: compareValues(determination, again), engine: { then: record.engine, now: engineVersion } };
};

const placesNamed = 10;

/** The inputs are as they were sealed: made from them again, the answer shows where the one in the record was changed. */
const whereAnswerDiffers = (record: DeterminationRecord): string => {
  const paths = compareValues(record.determination, makeAgain(record)).map(({ path }) => path);
  const more = paths.length > placesNamed ? ` and ${String(paths.length - placesNamed)} more` : '';
  return `Made again from what was sealed, it differs in: ${paths.slice(0, placesNamed).join(', ')}${more}.`;
};

const makeAgain = ({ sealed, contents }: DeterminationRecord): Determination => {
  const members = sealed.family.members.map(({ rows, ...member }) => ({
    ...member,
    records: rows.flatMap((reference) => contents.rows[reference.sha256]?.record ?? []),
  }));
  return evaluateFamily({
    family: { asAt: sealed.family.asAt, assessedOn: sealed.family.assessedOn, members },
    coverage: contents.coverage,
    ruleSet: contents.ruleSet,
    termCalendar: contents.termCalendar,
  });
};

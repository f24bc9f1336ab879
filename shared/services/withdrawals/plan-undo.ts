import type { PersonRecord } from '../../domain/people/person-record.ts';
import { evidenceExpiresOn, ledgerExpiresOn } from '../../domain/people/record-retention.ts';
import type { RowLedger } from '../../domain/people/row-ledger.ts';
import type { Standing } from '../../domain/uploads/feed-claims.ts';

/** Another file that has the same content of the row. */
export interface Confirmation {
  readonly uploadId: string;
  readonly row: number;
  readonly periodStart: string;
  readonly periodEnd: string;
}

export interface RowUndo {
  /** As the row is held, and in which contents it was held before, oldest first. */
  readonly ledger: RowLedger;
  readonly past: readonly RowLedger[];
  /** All that is held of the row, with whomever. */
  readonly records: readonly PersonRecord[];
  readonly withdrawn: { readonly uploadId: string; readonly periodStart: string };
  /** The first file, of those that remain, that has this content. */
  readonly confirmation: (contentVersion: number) => Confirmation | undefined;
  /** How the remaining snapshots say that the record stands; undefined where they say nothing. */
  readonly standing: Standing;
}

export interface UndoPlan {
  /** Absent: nothing of the row remains. */
  readonly ledger?: RowLedger;
  readonly gone?: RowLedger;
  readonly past: readonly RowLedger[];
  readonly forgotten: readonly RowLedger[];
  readonly records: readonly PersonRecord[];
  readonly removed: readonly PersonRecord[];
  /** Parts of the row that come back to somebody whom the withdrawn file took them from. */
  readonly returned: readonly PersonRecord[];
}

interface Content {
  readonly ledger: RowLedger;
  readonly records: readonly PersonRecord[];
}

/**
 * The row as it would be held had the withdrawn file never come: contents that it alone brought are gone, those that another
 * file has as well are that file's, and the newest of what remains counts. Undefined where nothing changes, which is also the
 * case once it has been done.
 */
export const planUndo = ({ ledger, past, records, withdrawn, confirmation, standing }: RowUndo): UndoPlan | undefined => {
  const held = [...past, ledger].map((of): Content => ({
    ledger: of,
    records: records.filter((record) => isOf(record, of, of === ledger)),
  }));
  const remaining = held.flatMap((content): readonly Content[] => {
    // Whoever it was about is no longer kept.
    if (content.records.length === 0) return [];
    if (content.ledger.uploadId !== withdrawn.uploadId) return [content];
    const confirmed = confirmation(content.ledger.contentVersion) ?? content.ledger.referral;
    return confirmed === undefined ? [] : [broughtBy(content, confirmed)];
  });
  const newest = remaining.at(-1);
  if (newest === undefined) return { gone: ledger, past: [], forgotten: past, records: [], removed: records, returned: [] };

  const current = standsAs(newest, standing);
  const before = remaining.slice(0, -1).map((content, index) => endsWhereItDid(content, remaining[index + 1], withdrawn.periodStart));
  const kept = [...before.flatMap((content) => content.records), ...current.records];
  const plan: UndoPlan = {
    ledger: { ...current.ledger, subjects: subjectsOf(current.records), version: ledger.version },
    past: before.flatMap((content) => (past.includes(content.ledger) ? [] : [content.ledger])),
    forgotten: past.filter(({ contentVersion }) => !before.some((content) => content.ledger.contentVersion === contentVersion)),
    records: kept.filter((record) => !records.includes(record)),
    removed: records.filter((record) => !kept.some((other) => isSameItem(other, record))),
    returned: newest.ledger.contentVersion === ledger.contentVersion ? [] : current.records.filter((record) => !isWith(ledger, record)),
  };
  const isUnchanged =
    current.ledger === ledger && plan.past.length + plan.forgotten.length + plan.records.length + plan.removed.length === 0;
  return isUnchanged ? undefined : plan;
};

const subjectsOf = (records: readonly PersonRecord[]): RowLedger['subjects'] =>
  records.map(({ subject, personId }) => ({ subject, personId }));

const isWith = ({ subjects }: RowLedger, { subject, personId }: PersonRecord): boolean =>
  subjects.some((held) => held.subject === subject && held.personId === personId);

const isOf = (record: PersonRecord, { contentVersion }: RowLedger, isNewest: boolean): boolean =>
  record.contentVersion === contentVersion && (record.status === 'superseded') !== isNewest;

/** Whether the two are stored under the same key. */
const isSameItem = (a: PersonRecord, b: PersonRecord): boolean =>
  a.personId === b.personId &&
  a.subject === b.subject &&
  (a.status === 'superseded') === (b.status === 'superseded') &&
  (a.status !== 'superseded' || a.contentVersion === b.contentVersion);

const broughtBy = ({ ledger, records }: Content, { uploadId, row, periodStart, periodEnd }: Confirmation): Content => {
  const { referral, ...rest } = ledger;
  const isReferral = referral?.uploadId === uploadId;
  return {
    ledger: {
      ...rest,
      uploadId,
      periodStart,
      periodEnd,
      ...(isReferral ? { referred: true } : referral === undefined ? {} : { referral }),
      expiresOn: ledgerExpiresOn(periodEnd),
    },
    records: records.map((record) => ({ ...record, uploadId, row, periodStart, periodEnd, expiresOn: evidenceExpiresOn(periodEnd) })),
  };
};

const standsAs = ({ ledger, records }: Content, standing: Standing): Content => {
  const status = standing?.status ?? 'current';
  const endedOn = standing?.status === 'ended' ? standing.endedOn : undefined;
  const stands = <Thing extends { readonly status: string; readonly endedOn?: string | undefined }>(thing: Thing): Thing => {
    if (thing.status === status && thing.endedOn === endedOn) return thing;
    const { endedOn: _, ...rest } = thing;
    return { ...rest, status, ...(endedOn !== undefined && { endedOn }) } as Thing;
  };
  return { ledger: stands(ledger), records: records.map(stands) };
};

/** A content that the withdrawn file overtook holds until the next one that remains. */
const endsWhereItDid = (content: Content, next: Content | undefined, withdrawnStart: string): Content => {
  const start = next?.ledger.periodStart;
  if (start === undefined) return content;
  return {
    ledger: content.ledger,
    records: content.records.map((record) => {
      const stays = next?.records.some(({ personId, subject }) => personId === record.personId && subject === record.subject) ?? false;
      return stays && record.endedOn === withdrawnStart && record.endedOn !== start ? { ...record, endedOn: start } : record;
    }),
  };
};

import type { Departure } from '#shared/domain/people/departure.ts';
import { isMovedBy, isSameRow } from '#shared/domain/people/departure.ts';
import type { Judgement } from '#shared/domain/people/judgement.ts';
import type { PersonRecord } from '#shared/domain/people/person-record.ts';
import { planJudgement } from '#shared/domain/people/plan-judgement.ts';
import { reassignRow, type MadeReassignment } from '#shared/domain/people/reassign-row.ts';
import type { RowLedger } from '#shared/domain/people/row-ledger.ts';

/** People, rows and ledgers in memory, judged by the same rules as in the table, so many parts of rows at a time. */
export class MemoryPeople {
  readonly records: PersonRecord[];
  readonly ledgers = new Map<string, RowLedger>();
  readonly departures: Departure[] = [];
  readonly #made = new Map<string, MadeReassignment[]>();
  #clock = 0;

  constructor(records: readonly PersonRecord[]) {
    this.records = [...records];
    for (const record of records) {
      if (record.status === 'superseded') continue;
      const { rowId, agency, feed, contentVersion, uploadId, periodStart, periodEnd, expiresOn } = record;
      const held = this.ledgers.get(rowId);
      this.ledgers.set(rowId, {
        rowId,
        agency,
        feed,
        contentHash: 'v1.content',
        contentVersion,
        uploadId,
        periodStart,
        periodEnd,
        status: 'current',
        version: 1,
        expiresOn,
        subjects: [...(held?.subjects ?? []), { subject: record.subject, personId: record.personId }],
      });
    }
  }

  of(personId: string): readonly PersonRecord[] {
    return this.records.filter((record) => record.personId === personId);
  }

  /** Carries a judgement out, in chunks, as a worker that reads everything anew before each. */
  judge(judgement: Judgement, chunk: number, undone?: Judgement): void {
    const made = this.#made.get(judgement.judgementId) ?? [];
    this.#made.set(judgement.judgementId, made);
    for (let rounds = 0; ; rounds += 1) {
      if (rounds > 1000) throw new Error('a judgement that never ends');
      this.#clock += 1;
      const at = new Date(Date.UTC(2026, 2, 1) + this.#clock * 1000).toISOString();
      const person = (personId: string) => ({
        records: this.of(personId),
        departures: this.departures.filter((departure) => departure.personId === personId),
      });
      const before = undone && { judgement: undone, made: this.#made.get(undone.judgementId) ?? [] };
      const moves = planJudgement(judgement, { person, undone: before, at });
      if (moves.length === 0) return;
      for (const move of moves.slice(0, chunk)) {
        const ledger = this.ledgers.get(move.rowId);
        if (ledger === undefined) throw new Error('a record without its ledger');
        const others = this.records.filter(
          (record) => record.rowId === move.rowId && record.subject !== move.subject && record.status !== 'superseded',
        );
        const done = reassignRow(move, { ledger, ...person(move.from), others }, { judgementId: judgement.judgementId, at });
        if (done === undefined) throw new Error('a move that cannot be made');
        this.ledgers.set(move.rowId, done.ledger);
        for (const gone of done.removed) this.records.splice(this.records.indexOf(gone), 1);
        for (const put of done.records) {
          const index = this.records.findIndex((record) => isSameItem(record, put));
          if (index < 0) this.records.push(put);
          else this.records[index] = put;
        }
        this.departures.push(done.departure);
        made.push(done.made);
        for (const departure of this.departures) {
          if (undone && isMovedBy(departure, undone.judgementId) && departure.personId === move.to && isSameRow(departure, move))
            this.departures[this.departures.indexOf(departure)] = { ...departure, back: { at, judgementId: judgement.judgementId } };
        }
      }
    }
  }
}

/** The key under which the table would keep it. */
const isSameItem = (a: PersonRecord, b: PersonRecord): boolean =>
  a.personId === b.personId &&
  isSameRow(a, b) &&
  (a.status === 'superseded') === (b.status === 'superseded') &&
  (a.status !== 'superseded' || a.contentVersion === b.contentVersion);

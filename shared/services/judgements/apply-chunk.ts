import { isMovedBy, isSameRow, type Departure } from '../../domain/people/departure.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';
import { reassignRow, type MadeReassignment, type Reassignment } from '../../domain/people/reassign-row.ts';
import type { RowLedger } from '../../domain/people/row-ledger.ts';
import type { RecordChanges } from '../ingest/record-store.ts';
import { Workspace } from '../ingest/workspace.ts';
import type { PersonWithPast } from './judgement-repository.ts';
import type { JudgementRun } from './judgement-run.ts';

/** A row's part makes five writes and more; the profiles' keys come on top. */
const mostMovesPerChunk = 12;
/** DynamoDB takes 100; the list of what was moved and the judgement itself need two. */
const mostWrites = 98;

/** Applies as many reassignments as fit into one transaction. False: another writer was quicker; read again, decide again. */
export const applyChunk = async (
  run: JudgementRun,
  people: ReadonlyMap<string, PersonWithPast>,
  moves: readonly Reassignment[],
): Promise<boolean> => {
  const { records, judgements } = run.ports;
  const some = moves.slice(0, mostMovesPerChunk);
  const ledgers = new Map((await records.readLedgers(some.map(({ rowId }) => rowId))).map((ledger) => [ledger.rowId, ledger]));
  const others = await readOthers(run, people, [...ledgers.values()]);
  for (let count = some.length; ; count = Math.floor(count / 2)) {
    const chunk = planChunk(run, people, others, ledgers, some.slice(0, count));
    const waiting = chunk.workspace.size + chunk.departures.length;
    if (waiting > mostWrites && count > 1) continue;
    // A row went on between the reading of the people and that of its ledger.
    if (chunk.made.length === 0) return run.lost();
    const keys = chunk.workspace.keysToRead;
    if (keys.length > 0) chunk.workspace.addKeys(keys, await records.readKeys(keys));
    const { chunk: number, moved } = run.judgement;
    const changes: RecordChanges = chunk.workspace.changes();
    return run.step({ chunk: number + 1, moved: moved + chunk.made.length }, [
      records.changesFragment(changes),
      judgements.departuresFragment(chunk.departures),
      judgements.madeFragment(run.judgement, number + 1, chunk.made),
    ]);
  }
};

/** People whom other subjects of the same rows are about: relations stated by a row follow its subjects. */
const readOthers = async (
  { ports }: JudgementRun,
  people: ReadonlyMap<string, PersonWithPast>,
  ledgers: readonly RowLedger[],
): Promise<readonly PersonRecord[]> => {
  const rowIds = new Set(ledgers.map(({ rowId }) => rowId));
  const ids = new Set(ledgers.flatMap(({ subjects }) => subjects.map(({ personId }) => personId)));
  const found = await Promise.all([...ids].filter((id) => !people.has(id)).map((id) => ports.records.readRecords(id)));
  return found.flat().filter((record) => rowIds.has(record.rowId) && record.status !== 'superseded');
};

interface Chunk {
  readonly workspace: Workspace;
  readonly made: readonly MadeReassignment[];
  readonly departures: readonly Departure[];
}

const planChunk = (
  run: JudgementRun,
  people: ReadonlyMap<string, PersonWithPast>,
  others: readonly PersonRecord[],
  held: ReadonlyMap<string, RowLedger>,
  moves: readonly Reassignment[],
): Chunk => {
  const at = { judgementId: run.judgement.judgementId, at: run.ports.clock.now() };
  const ledgers = new Map(held);
  let rest = others;
  const records = new Map([...people].map(([personId, person]) => [personId, person.records]));
  const workspace = new Workspace({
    ledgers: [...held.values()],
    keys: [],
    profiles: [...people.values()].map(({ profile }) => profile),
    records: new Map(),
  });
  const made: MadeReassignment[] = [];
  const departures: Departure[] = [];
  for (const move of moves) {
    const ledger = ledgers.get(move.rowId);
    const person = people.get(move.from);
    if (ledger === undefined || person === undefined) continue;
    const reassigned = reassignRow(
      move,
      {
        ledger,
        records: records.get(move.from) ?? [],
        departures: person.departures,
        others: [...rest, ...[...records.values()].flat()].filter(
          (record) => record.rowId === move.rowId && record.subject !== move.subject && record.status !== 'superseded',
        ),
      },
      at,
    );
    if (reassigned === undefined) continue;
    workspace.apply({
      outcome: 'changed',
      ledger: reassigned.ledger,
      records: reassigned.records,
      removed: reassigned.removed,
      profiles: [],
    });
    ledgers.set(move.rowId, reassigned.ledger);
    for (const [personId, list] of records) records.set(personId, replaced(list, reassigned.records, reassigned.removed, personId));
    rest = rest.map((other) => reassigned.records.find((each) => isSameRow(each, other) && each.personId === other.personId) ?? other);
    made.push(reassigned.made);
    departures.push(reassigned.departure, ...returned(run, people.get(move.to), move, at));
  }
  const everybody = [...people.values()].map(({ profile }) => profile);
  const changed = new Set(made.flatMap(({ from, to }) => [from, to]));
  workspace.apply({
    outcome: 'changed',
    records: [],
    removed: [],
    profiles: [...people.values()]
      .filter(({ profile }) => changed.has(profile.personId))
      .map(({ profile }) => run.rebuilt(profile, records.get(profile.personId) ?? [], everybody)),
  });
  return { workspace, made, departures };
};

const replaced = (
  held: readonly PersonRecord[],
  put: readonly PersonRecord[],
  removed: readonly PersonRecord[],
  personId: string,
): readonly PersonRecord[] => {
  const own = put.filter((record) => record.personId === personId);
  const isSame = (a: PersonRecord, b: PersonRecord): boolean =>
    isSameRow(a, b) && (a.status === 'superseded') === (b.status === 'superseded') && a.contentVersion === b.contentVersion;
  const gone = (record: PersonRecord): boolean =>
    own.some((each) => isSame(each, record)) || removed.some((each) => each.personId === personId && isSame(each, record));
  return [...held.filter((record) => !gone(record)), ...own];
};

/** Of an undo: the departure that the undone judgement left where the row now comes back to. */
const returned = (
  { judgement, undone }: JudgementRun,
  person: PersonWithPast | undefined,
  row: Reassignment,
  { judgementId, at }: { judgementId: string; at: string },
): readonly Departure[] =>
  judgement.kind !== 'undo'
    ? []
    : (person?.departures ?? [])
        .filter((departure) => undone !== undefined && isMovedBy(departure, undone.judgement.judgementId) && isSameRow(departure, row))
        .map((departure) => ({ ...departure, back: { at, judgementId } }));

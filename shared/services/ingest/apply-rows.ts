import type { RowProblem } from '../../contracts/files/feed-definition.ts';
import { duplicateRecord } from '../../contracts/files/row-faults.ts';
import { noCounts, type UploadCounts } from '../../domain/uploads/upload.ts';
import type { RowProblems } from '../uploads/upload-repository.ts';
import { addCounts, type IngestRun } from './ingest-run.ts';
import { loadWorkspace } from './load-workspace.ts';
import { planRow, type PlanContext } from './plan-row.ts';
import type { SeenRows } from './record-store.ts';
import type { WindowRow } from './read-windows.ts';
import type { Workspace } from './workspace.ts';

/**
 * Writes of rows in one transaction: DynamoDB takes 100, the checkpoint, the seen rows, the outbox, the look at the feed's
 * coverage and two items of row problems need six.
 */
export const mostWrites = 94;
/** After repeated conflicts chunks shrink to this. */
const fewestWrites = 10;
/** A transaction may be 4 MB; well below that. */
const mostText = 1_500_000;
const mostProblemsText = 50_000;

const agencyHolds: RowProblem = {
  code: 'held-from-agency',
  message: 'A file of this agency holds this record already, and says otherwise',
  fix: 'Ask the agency to send a corrected file. A referral does not change what an agency has sent.',
};

const rowTooLarge: RowProblem = {
  code: 'row-too-many-people',
  message: 'The row is about more people than can be taken in at once',
  fix: 'Split it into several rows.',
};

interface SeenRow {
  readonly rowId: string;
  readonly row: number;
  /** Of the content that the row has; 0 where it brought nothing that is held. */
  readonly version: number;
}

interface Chunk {
  /** Index of the first row that is not in it. */
  readonly end: number;
  readonly counts: UploadCounts;
  readonly problems: readonly RowProblems[];
  readonly seen: readonly SeenRow[];
  readonly unidentified: number;
  /** Rows that say what is held already. */
  readonly confirmed: ReadonlySet<string>;
}

/** Applies a window of rows in as many transactions as it takes. `time-is-up`: as far as the checkpoint says. */
export const applyRows = async (
  run: IngestRun,
  rows: readonly WindowRow[],
  met: Set<string>,
  objectVersion: string,
): Promise<'applied' | 'time-is-up'> => {
  let from = 0;
  let limit = mostWrites;
  let conflicts = 0;
  let workspace = await load(run, rows);
  while (from < rows.length) {
    const chunk = fillChunk(workspace, rows, from, limit, run.planContext(), met);
    if (await commit(run, workspace, chunk, rows, objectVersion)) {
      from = chunk.end;
      for (const rowId of chunk.confirmed) met.add(rowId);
      limit = mostWrites;
      conflicts = 0;
      if (run.timeIsUp) return 'time-is-up';
    } else {
      conflicts += 1;
      await run.conflict(conflicts);
      limit = Math.max(fewestWrites, Math.floor(limit / 2));
      workspace = await load(run, rows.slice(from));
    }
  }
  return 'applied';
};

const load = (run: IngestRun, rows: readonly WindowRow[]): Promise<Workspace> =>
  loadWorkspace(
    run.ports.records,
    rows.flatMap((row) => (row.kind === 'incoming' ? [row.incoming] : [])),
    run.planContext(),
  );

/** Plans rows one after the other against the workspace, for as long as they fit into one transaction. */
const fillChunk = (
  workspace: Workspace,
  rows: readonly WindowRow[],
  from: number,
  limit: number,
  context: PlanContext,
  met: ReadonlySet<string>,
): Chunk => {
  let counts = noCounts;
  const problems: RowProblems[] = [];
  const seen: SeenRow[] = [];
  const confirmedRows = new Set<string>();
  let unidentified = 0;
  let text = 0;
  let problemsText = 0;
  let end = from;
  const report = ({ row, sourceRow }: WindowRow, found: readonly RowProblem[]): void => {
    problems.push({ row, ...(sourceRow !== undefined && { sourceRow }), problems: found });
    problemsText += JSON.stringify(found).length;
    counts = addCounts(counts, { rows: 1, refused: 1 });
  };
  for (const row of rows.slice(from)) {
    if (text > mostText || problemsText > mostProblemsText) break;
    if (row.kind === 'faulty') {
      report(row, row.problems);
      if (row.rowId === undefined) unidentified += 1;
      else seen.push({ rowId: row.rowId, row: row.row, version: 0 });
    } else {
      const { incoming } = row;
      const plan = planRow(workspace, incoming, context);
      const size = workspace.sizeWith(plan);
      if (workspace.size > 0 && size > limit) break;
      const held = workspace.ledger(incoming.rowId);
      const confirmed = held?.contentHash === incoming.contentHash ? held.contentVersion : 0;
      let version = plan.outcome === 'unchanged' ? confirmed : 0;
      if (plan.outcome === 'duplicate' || (plan.outcome === 'changed' && (met.has(incoming.rowId) || confirmedRows.has(incoming.rowId))))
        report(row, [duplicateRecord]);
      else if (plan.outcome === 'agency-holds') report(row, [agencyHolds]);
      else if (size > mostWrites) report(row, [rowTooLarge]);
      else {
        workspace.apply(plan);
        version = plan.ledger?.contentVersion ?? version;
        text += JSON.stringify([plan.records, plan.profiles]).length;
        counts = addCounts(counts, { rows: 1, [plan.outcome]: 1 });
        if (plan.outcome === 'unchanged') confirmedRows.add(incoming.rowId);
      }
      seen.push({ rowId: incoming.rowId, row: row.row, version });
    }
    end += 1;
  }
  return { end, counts, problems, seen, unidentified, confirmed: confirmedRows };
};

const seenRows = ({ seen, unidentified }: Chunk): SeenRows => ({
  rowIds: seen.map(({ rowId }) => rowId),
  rows: seen.map(({ row }) => row),
  versions: seen.map(({ version }) => version),
  unidentified,
});

const commit = async (
  run: IngestRun,
  workspace: Workspace,
  chunk: Chunk,
  rows: readonly WindowRow[],
  objectVersion: string,
): Promise<boolean> => {
  const { records } = run.ports;
  const keys = workspace.keysToRead;
  if (keys.length > 0) workspace.addKeys(keys, await records.readKeys(keys));
  const changes = workspace.changes();
  const { checkpoint } = run.upload;
  const state = rows[chunk.end - 1]?.state;
  const committed = await run.advance(
    {
      ...checkpoint,
      ...state,
      header: state?.header && [...state.header],
      objectVersion,
      counts: addCounts(checkpoint.counts, chunk.counts),
    },
    {
      fragments: [records.changesFragment(changes), records.seenFragment(run.upload, checkpoint.chunk + 1, seenRows(chunk))],
      problems: chunk.problems,
      people: workspace.peopleTouched,
    },
  );
  if (committed) workspace.settle(changes);
  return committed;
};

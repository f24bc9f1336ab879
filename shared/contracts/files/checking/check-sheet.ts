import type { FileRefusal } from '../../../domain/uploads/upload.ts';
import type { FeedDefinition, FilePeriod } from '../feed-definition.ts';
import { openFile, type OpenedFile } from '../opening/open-file.ts';
import type { FileSource } from '../opening/file-source.ts';
import { UnreadableFile } from '../opening/unreadable-file.ts';
import { readFile } from '../read-file.ts';
import { cellRepairs, type Repair } from './repairs.ts';
import { SendableRows } from './sendable-rows.ts';
import type { CheckedSheet, RepairProposal, SheetCheck } from './sheet-check.ts';
import { SheetTally } from './sheet-tally.ts';
import { unquoteRows } from './unquote-rows.ts';

export interface CheckRequest {
  readonly feed: FeedDefinition;
  readonly source: FileSource;
  readonly period: FilePeriod;
  /** The columns that the agreement covers; left out for all of the feed's. */
  readonly agreed?: readonly string[] | undefined;
  /** What the sender wants undone; left out as long as nobody has been asked. */
  readonly repairs?: readonly Repair[];
  readonly onProgress?: (rows: number) => void;
}

const rowsBetweenNews = 500;

/**
 * Holds a file that somebody has chosen against its feed, as the service will: by the same code, row by row. What would be
 * sent is made on the way: the agreed columns of each row as CSV, with where the row stands in the sheet.
 */
export const checkSheet = async (request: CheckRequest): Promise<{ readonly check: SheetCheck; readonly rows?: SendableRows }> => {
  try {
    const file = await openFile(request.feed, request.source);
    const first = await readOnce(request, file, request.repairs ?? []);
    if (first.check.kind === 'checked' || request.repairs !== undefined) return first;
    // What stands in the way of reading at all is looked behind, so that the proposal can say what it would bring.
    for (const repair of wayOut(first.check.refusal)) {
      const behind = await readOnce(request, file, [repair]);
      if (behind.check.kind === 'checked') return { check: asProposed(behind.check, repair) };
    }
    return first;
  } catch (error) {
    if (error instanceof UnreadableFile) return { check: { kind: 'refused', refusal: error.refusal } };
    throw error;
  }
};

const wayOut = ({ code }: FileRefusal): readonly Repair[] => {
  if (code === 'title-rows') return ['title-rows'];
  return code === 'header-missing' || code === 'columns-missing' ? ['quoted-rows'] : [];
};

const asProposed = (check: CheckedSheet, repair: Repair): CheckedSheet => {
  const proposal: RepairProposal = { repair, count: repair === 'title-rows' ? check.headerRow - 1 : check.rows + 1 };
  return { ...check, proposals: [proposal, ...check.proposals], repaired: [] };
};

const readOnce = async (
  { feed, period, agreed, onProgress }: CheckRequest,
  file: OpenedFile,
  repairs: readonly Repair[],
): Promise<{ readonly check: SheetCheck; readonly rows?: SendableRows }> => {
  const cut = agreed === undefined ? undefined : new Set(agreed);
  const bytes = repairs.includes('quoted-rows') ? unquoteRows(file.csv()) : file.csv();
  const applied = new Set(cellRepairs.filter((repair) => repairs.includes(repair)));
  let tally: SheetTally | undefined;
  let rows: SendableRows | undefined;
  for await (const event of readFile(feed, bytes, undefined, { skipTitles: repairs.includes('title-rows') })) {
    switch (event.kind) {
      case 'refused':
        return { check: event };
      case 'header':
        tally = new SheetTally({ feed, period, agreed: cut, applied, header: event });
        rows = new SendableRows(tally.columns.map(({ name }) => name));
        break;
      case 'bad-row':
        tally?.addUnreadable(event.row, event.problem);
        break;
      case 'row': {
        const taken = tally?.addRow(event.row, event.cells, event.unwrapped);
        if (taken) rows?.add(taken.row, taken.cells, taken.problems);
        if (event.row % rowsBetweenNews === 0) onProgress?.(event.row);
        break;
      }
      case 'end':
        onProgress?.(event.state.row);
    }
  }
  if (!tally || !rows) throw new Error('a file without a first event');
  const { headerRow, rows: count } = tally;
  const fileLevel = repairs.flatMap((repair): RepairProposal[] => {
    if (repair === 'title-rows') return headerRow > 1 ? [{ repair, count: headerRow - 1 }] : [];
    return repair === 'quoted-rows' ? [{ repair, count: count + 1 }] : [];
  });
  const check = tally.result({ form: file.form, ...(file.sheet && { sheet: file.sheet }) });
  return { check: { ...check, repaired: [...fileLevel, ...check.repaired] }, rows };
};

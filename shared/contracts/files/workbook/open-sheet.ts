import type { FeedDefinition } from '../feed-definition.ts';
import { firstRowsFit } from '../file-header.ts';
import { fileRefusals } from '../file-refusals.ts';
import type { FileSource } from '../opening/file-source.ts';
import { UnreadableFile } from '../opening/unreadable-file.ts';
import { sheetCsv } from './sheet-csv.ts';
import { readWorkbook, type SheetPart, type Workbook } from './workbook-parts.ts';

/** A header stands in the first rows, if anywhere. */
const headLength = 64 * 1024;
const mostTried = 20;

/** The sheet to read: the first that people see whose column names are the feed's, else the first they see with anything in it. */
export const openSheet = async (feed: FeedDefinition, source: FileSource) => {
  const workbook = await readWorkbook(source);
  const visible = workbook.sheets.filter(({ isVisible }) => isVisible);
  const sheet = await chooseSheet(feed, workbook, visible.slice(0, mostTried));
  if (!sheet) throw new UnreadableFile(workbook.sheets.length === 0 ? fileRefusals.workbookDamaged : fileRefusals.empty);
  return {
    name: sheet.name,
    others: workbook.sheets.length - 1,
    hidden: workbook.sheets.length - visible.length,
    csv: () => sheetCsv(workbook, sheet),
  };
};

const chooseSheet = async (feed: FeedDefinition, workbook: Workbook, sheets: readonly SheetPart[]): Promise<SheetPart | undefined> => {
  const [only] = sheets;
  if (sheets.length === 1) return only;
  let filled: SheetPart | undefined;
  for (const sheet of sheets) {
    const head = await headOf(workbook, sheet);
    if (firstRowsFit(feed, head)) return sheet;
    if (!filled && head.some((byte) => byte > 0x20 && byte !== 0x2c)) filled = sheet;
  }
  return filled ?? only;
};

const headOf = async (workbook: Workbook, sheet: SheetPart): Promise<Uint8Array> => {
  const head = new Uint8Array(headLength);
  let filled = 0;
  for await (const piece of sheetCsv(workbook, sheet)) {
    const fitting = piece.subarray(0, headLength - filled);
    head.set(fitting, filled);
    filled += fitting.length;
    if (filled === headLength) break;
  }
  return head.subarray(0, filled);
};

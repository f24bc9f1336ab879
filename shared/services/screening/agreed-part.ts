import { csvLine } from '../../contracts/files/csv-line.ts';
import type { FeedDefinition } from '../../contracts/files/feed-definition.ts';
import type { FileSource } from '../../contracts/files/opening/file-source.ts';
import { openFile } from '../../contracts/files/opening/open-file.ts';
import { UnreadableFile } from '../../contracts/files/opening/unreadable-file.ts';
import { carriedColumns, sourceFaultColumn, sourceRowColumn } from '../../contracts/files/own-columns.ts';
import { readFile } from '../../contracts/files/read-file.ts';
import { faultText } from '../../contracts/files/row-reader.ts';
import type { FileForm, FileRefusal } from '../../domain/uploads/upload.ts';

export type AgreedPart =
  /** The file is CSV in UTF-8 and has nothing but agreed columns. */
  | { readonly kind: 'whole' }
  | {
      readonly kind: 'part';
      readonly form: FileForm;
      /** The agreed columns that the file has, in its order. */
      readonly columns: readonly string[];
      /** Columns of the feed that the agreement does not cover, and where in the file all that is left out stood (1 is the first). */
      readonly left: { readonly columns: readonly string[]; readonly positions: readonly number[] };
    }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal };

/** What of a file may be kept, told from what it is and from its column names. */
export const findAgreedPart = async (feed: FeedDefinition, agreed: readonly string[], source: FileSource): Promise<AgreedPart> => {
  try {
    const file = await openFile(feed, source);
    for await (const event of readFile(feed, file.csv())) {
      if (event.kind === 'refused') return event;
      if (event.kind === 'header') return partOf(file.form, event.state.header ?? [], agreed);
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return { kind: 'refused', refusal: error.refusal };
    throw error;
  }
  throw new Error('a file without a first event');
};

const partOf = (form: FileForm, header: readonly string[], agreed: readonly string[]): AgreedPart => {
  const isLeft = (name: string): boolean => !agreed.includes(name) && !carriedColumns.includes(name);
  const positions = header.flatMap((name, index) => (isLeft(name) ? [index + 1] : []));
  if (form === 'utf-8' && positions.length === 0) return { kind: 'whole' };
  return {
    kind: 'part',
    form,
    columns: header.filter((name) => agreed.includes(name)),
    left: { columns: header.filter((name) => name !== '' && isLeft(name)), positions },
  };
};

const pieceLength = 64 * 1024;

/**
 * The part as CSV in UTF-8, in the form in which the page sends files: where each row stands in the sheet, why it could not
 * be taken apart if it could not, and what it says in these columns. Of one file always the same bytes, within 64 MB of
 * memory whatever it holds. Throws `UnreadableFile` on the way where the file turns out not to be what it should be.
 */
export const writeAgreedPart = async function* (
  feed: FeedDefinition,
  { form, columns }: { readonly form: FileForm; readonly columns: readonly string[] },
  source: FileSource,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const file = await openFile(feed, source, form);
  let text = csvLine([sourceRowColumn, sourceFaultColumn, ...columns]);
  let headerRow = 1;
  for await (const event of readFile(feed, file.csv())) {
    if (event.kind === 'refused') throw new UnreadableFile(event.refusal);
    if (event.kind === 'header') headerRow = event.headerRow;
    if (event.kind !== 'row' && event.kind !== 'bad-row') continue;
    const place = String(event.sourceRow ?? headerRow + event.row);
    text += csvLine(
      event.kind === 'row' ? [place, '', ...columns.map((name) => event.cells.get(name) ?? '')] : [place, faultText(event.problem)],
    );
    if (text.length < pieceLength) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
};

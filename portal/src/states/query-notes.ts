import type { QueryNote } from '#shared/domain/uploads/query-note.ts';
import { longestNote, mostNotes, mostRowsNoted } from '#shared/domain/uploads/query-note-limits.ts';
import { inFigures, rowsInWords } from '#shared/contracts/upload-page/wording.ts';
import type { CheckedSheet } from '../check/check-messages.ts';
import { element, paragraph, subheading } from '../page/element.ts';

type Group = CheckedSheet['queries'][number];
type Row = QueryNote['rows'][number];

/** Of rules with more rows than this one note is about all of them. */
const mostRowsApart = 3;

/** SHA-256 of what would be sent of a row, shortened; the columns by name, so that others beside them change nothing. */
const digestOf = async (columns: CheckedSheet['columns'], cells: readonly string[]): Promise<string> => {
  const filled = columns.flatMap(({ name }, index) => (cells[index] === undefined || cells[index] === '' ? [] : [[name, cells[index]]]));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(filled)));
  return [...new Uint8Array(digest, 0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** The odd rows that the page shows, known again by what is sent of them. */
export const digestsOf = async ({ columns, shown }: CheckedSheet): Promise<ReadonlyMap<number, string>> =>
  new Map(
    await Promise.all(
      shown.filter(({ queries }) => queries.length > 0).map(async ({ row, cells }) => [row, await digestOf(columns, cells)] as const),
    ),
  );

/** As the service takes it: lines of text; nothing where there is no word. */
const cleaned = (text: string): string => {
  const lines = text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/(?!\n)\p{Cc}/gu, '')
    .trim();
  return /[\p{L}\p{N}]/u.test(lines) ? lines : '';
};

interface Field {
  readonly group: Group;
  readonly rows: readonly Row[];
  readonly area: HTMLTextAreaElement;
}

export interface NoteFields {
  readonly content: readonly HTMLElement[];
  readonly read: () => readonly QueryNote[];
}

const isOf = (group: Group, { code, column }: { readonly code: string; readonly column?: string | undefined }): boolean =>
  group.code === code && group.column === column;

/** What was said last of any of these rows, most often. */
const lastSaid = (group: Group, rows: readonly Row[], remembered: readonly QueryNote[]): string => {
  const digests = new Set(rows.map(({ digest }) => digest));
  const said = remembered
    .filter((note) => isOf(group, note))
    .map(({ note, rows: about }) => ({ note, often: about.filter(({ digest }) => digests.has(digest)).length }))
    .filter(({ often }) => often > 0)
    .toSorted((a, b) => b.often - a.often);
  return said[0]?.note ?? '';
};

const fieldFor = (group: Group, rows: readonly Row[], label: string, id: string, said: string): readonly [HTMLElement, Field] => {
  const area = element('textarea', {
    class: 'govuk-textarea',
    id,
    rows: '2',
    maxlength: String(longestNote),
    'aria-describedby': 'notes-hint',
  });
  area.value = said;
  const block = element('div', { class: 'govuk-form-group' }, element('label', { class: 'govuk-label', for: id }, label), area);
  return [block, { group, rows, area }];
};

/** Places for a note on each odd row, or on all rows of a rule that has many; filled with what was said of them the last time. */
export const noteFields = (
  { queries, shown }: CheckedSheet,
  { digests, remembered }: { readonly digests: ReadonlyMap<number, string>; readonly remembered: readonly QueryNote[] },
): NoteFields => {
  const fields: Field[] = [];
  let noted = 0;
  const sections = queries.flatMap((group, index): readonly HTMLElement[] => {
    const rows = shown
      .filter((row) => row.queries.some((query) => isOf(group, query)))
      .flatMap(({ row }) => ({ row, digest: digests.get(row) ?? '' }))
      .filter(({ digest }) => digest !== '')
      .slice(0, mostRowsNoted - noted);
    const parts = group.count <= mostRowsApart ? rows.map((row) => [row]) : [rows];
    const blocks = parts
      .filter((part) => part.length > 0)
      .slice(0, mostNotes - fields.length)
      .map((part, at) => {
        const first = part[0]?.row ?? 0;
        const all = part.length === group.count ? `All ${rowsInWords(group.count)}` : `The first ${inFigures(part.length)} of these rows`;
        const label = part.length === 1 ? `Note on row ${String(first)}` : `${all}: note`;
        const [block, field] = fieldFor(
          group,
          part,
          label,
          `note-${String(index + 1)}-${String(at + 1)}`,
          lastSaid(group, part, remembered),
        );
        fields.push(field);
        noted += part.length;
        return block;
      });
    if (blocks.length === 0) return [];
    const legend = element(
      'legend',
      { class: 'govuk-fieldset__legend govuk-fieldset__legend--s' },
      `${group.column ?? 'The whole row'}: ${group.message}`,
    );
    return [element('fieldset', { class: 'govuk-fieldset' }, legend, ...blocks)];
  });
  const content =
    sections.length === 0
      ? []
      : [
          subheading('Say why, if you like'),
          paragraph(
            'If something is odd and right, a note saves the council a question. It is sent with the file, and stands here again the next time the same row is asked about.',
          ),
          element(
            'p',
            { class: 'govuk-hint', id: 'notes-hint' },
            `Up to ${String(longestNote)} characters each. Write no more about a person than is needed.`,
          ),
          ...sections,
        ];
  return {
    content,
    read: () => {
      const notes = new Map<string, QueryNote>();
      for (const { group, rows, area } of fields) {
        const note = cleaned(area.value);
        if (note === '') continue;
        const key = `${group.code} ${group.column ?? ''} ${note}`;
        const same = notes.get(key);
        const { code, column } = group;
        notes.set(key, { code, ...(column !== undefined && { column }), note, rows: [...(same?.rows ?? []), ...rows] });
      }
      return [...notes.values()];
    },
  };
};

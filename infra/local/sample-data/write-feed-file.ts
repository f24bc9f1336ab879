import type { DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { agencyView, type PersonColumns } from './agency-view.ts';
import type { Evidence } from './evidence.ts';
import type { DraftRow, FamilyContext, FeedWriter } from './feed-writer.ts';
import { csvLine, dateText } from './file-style.ts';
import type { PlannedFamily } from './planned-family.ts';
import type { SampleFamily, SamplePerson } from './model.ts';
import type { Random } from './random.ts';
import { spoilRow } from './spoil-row.ts';
import type { TruthFile, TruthRefusal } from './truth.ts';

/** Share of rows that something is so wrong with that they must be refused, and of rows that appear twice. */
const refusedShare = 0.025;
const repeatedShare = 0.01;

interface WrittenFile {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly truth: TruthFile;
  /** Of the accepted rows, each counted once however often the row is repeated. */
  readonly evidence: readonly Evidence[];
}

interface Options {
  readonly writer: FeedWriter;
  readonly planned: readonly PlannedFamily[];
  /** The family that writes a person's rows. */
  readonly homes: ReadonlyMap<string, SampleFamily>;
  readonly asOf: DayNumber;
  readonly root: Random;
  readonly file: string;
}

/** One partner's extract of everything that its feed holds, in no particular order, with the faults that extracts have. */
export const writeFeedFile = ({ writer, planned, homes, asOf, root, file }: Options): WrittenFile => {
  const { style, columns } = writer;
  const random = root.fork(`file-${writer.feed}`);
  const drafts = random.shuffled(draftRows({ writer, planned, homes, asOf, root, file }));
  const spoilt = chooseSpoilt(random, drafts);

  const lines: string[] = [csvLine(columns, style)];
  const refused: TruthRefusal[] = [];
  const mentions: [number, string, string][] = [];
  const repeated: [number, number][] = [];
  const evidence: Evidence[] = [];
  const waiting: { readonly draft: DraftRow; readonly of: number }[] = [];
  let rows = 0;
  const write = (cells: Readonly<Record<string, string>>): number => {
    lines.push(
      csvLine(
        columns.map((column) => cells[column] ?? ''),
        style,
      ),
    );
    rows += 1;
    return rows;
  };
  const accept = (draft: DraftRow): number => {
    const row = write(draft.cells);
    for (const [subject, personId] of Object.entries(draft.subjects)) mentions.push([row, subject, personId]);
    return row;
  };
  const repeat = (): void => {
    const next = waiting.shift();
    if (next) repeated.push([accept(next.draft), next.of]);
  };
  for (const [index, draft] of drafts.entries()) {
    const damage = spoilt.has(index) ? spoilRow(random, draft.cells, columns) : undefined;
    if (damage) {
      refused.push({ row: write(damage.cells), column: damage.column, because: damage.because });
      continue;
    }
    const row = accept(draft);
    evidence.push(...draft.evidence);
    if (random.chance(repeatedShare)) waiting.push({ draft, of: row });
    else if (random.chance(0.05)) repeat();
  }
  while (waiting.length > 0) repeat();
  if (style.totalsRow) {
    refused.push({ row: write(totals(drafts, columns)), because: 'a row of totals' });
  }
  const text = (style.byteOrderMark ? '\uFEFF' : '') + lines.join('');
  return { bytes: Buffer.from(text, 'utf8'), rows, truth: { file, mentions, refused, repeated }, evidence };
};

const draftRows = ({ writer, planned, homes, asOf, root }: Options): DraftRow[] => {
  const { agency, feed, style, rates } = writer;
  const counters = new Map<string, number>();
  const reference = (prefix: string): string => {
    const count = (counters.get(prefix) ?? 0) + 1;
    counters.set(prefix, count);
    return `${prefix}${String(count).padStart(6, '0')}`;
  };
  return planned.flatMap(({ family, needs, threshold }) => {
    const views = new Map<string, PersonColumns>();
    // Keyed by agency, not feed: what one system has wrong about somebody it has wrong in each of its extracts.
    const view = (person: SamplePerson): PersonColumns => {
      const known = views.get(person.personId);
      if (known) return known;
      const seen = agencyView(root.fork(`${agency}/${person.personId}`), person, style, rates, asOf);
      const made = { ...seen, partner_person_id: partnerId(agency, person) };
      views.set(person.personId, made);
      return made;
    };
    const context: FamilyContext = {
      family,
      random: root.fork(`${feed}/${family.familyId}`),
      stable: (label) => root.fork(`${agency}/${family.familyId}/${label}`),
      asOf,
      members: family.members.filter(({ person }) => homes.get(person.personId) === family),
      has: (need, person) => needs.some((each) => each.need === need && each.person === person),
      thresholdOf: (person) => (threshold?.person === person ? threshold.name : undefined),
      view,
      date: (day) => dateText(day, style),
      reference,
    };
    return writer.rows(context).map((row) => ({ ...row, cells: pick(row.cells, writer.columns) }));
  });
};

/** The agency's own number for a person: says nothing about the number elsewhere. */
const partnerId = (agency: string, person: SamplePerson): string => {
  const prime = 999_983;
  let offset = 0;
  for (let i = 0; i < agency.length; i++) offset += agency.charCodeAt(i);
  const scattered = (Number(person.personId.slice(1)) * (7919 + offset)) % prime;
  return `${agency.slice(0, 1).toUpperCase()}${String(scattered).padStart(6, '0')}`;
};

const pick = (cells: Readonly<Record<string, string>>, columns: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.flatMap((column) => (cells[column] === undefined ? [] : [[column, cells[column]] as const])));

const chooseSpoilt = (random: Random, drafts: readonly DraftRow[]): ReadonlySet<number> => {
  const candidates = drafts.flatMap((draft, index) => (draft.decisive === true ? [] : [index]));
  return new Set(random.shuffled(candidates).slice(0, Math.ceil(drafts.length * refusedShare)));
};

const totals = (drafts: readonly DraftRow[], columns: readonly string[]): Record<string, string> => {
  const sums = columns
    .filter((column) => column.startsWith('sess_'))
    .map((column) => [column, String(drafts.reduce((sum, { cells }) => sum + Number(cells[column] ?? 0), 0))] as const);
  return { [columns[0] ?? '']: 'TOTAL', ...Object.fromEntries(sums) };
};

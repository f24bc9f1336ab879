import { annotatedCsv, type AnnotatedRow } from '#shared/contracts/files/checking/annotate-sheet.ts';
import { checkSheet } from '#shared/contracts/files/checking/check-sheet.ts';
import type { SendableRows } from '#shared/contracts/files/checking/sendable-rows.ts';
import type { FeedDefinition } from '#shared/contracts/files/feed-definition.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { readFile } from '#shared/contracts/files/read-file.ts';
import { fingerprint } from '../file/fingerprint.ts';
import type { CheckedSheet, FromWorker, ToWorker } from './check-messages.ts';
import { chosenFileSource } from './chosen-file-source.ts';

interface Checked {
  readonly feed: FeedDefinition;
  readonly file: File;
  readonly check: CheckedSheet;
  readonly rows: SendableRows;
}

/** News more often than this would only keep the page busy. */
const millisecondsBetweenNews = 60;

const say = (message: FromWorker): void => postMessage(message);

let checked: Checked | undefined;

const check = async ({ file, feed: id, period, agreed, repairs }: Extract<ToWorker, { kind: 'check' }>): Promise<FromWorker> => {
  checked = undefined;
  const feed = feeds[id];
  let share = 0;
  let rows = 0;
  let last = 0;
  const source = chosenFileSource(file, (end) => {
    share = end / file.size;
    news();
  });
  const news = (): void => {
    if (performance.now() - last < millisecondsBetweenNews) return;
    last = performance.now();
    say({ kind: 'progress', rows, share });
  };
  const result = await checkSheet({
    feed,
    source,
    period,
    agreed,
    ...(repairs && { repairs }),
    onProgress: (count) => {
      rows = count;
      news();
    },
  });
  if (result.check.kind === 'checked' && result.rows) checked = { feed, file, check: result.check, rows: result.rows };
  return { kind: 'checked', check: result.check };
};

const prepare = async ({ check: { droppedColumns }, file, rows }: Checked, which: 'all' | 'good'): Promise<FromWorker> => {
  const content = new Blob([...rows.file(which)], { type: 'text/csv' });
  const chosen = { name: file.name, size: file.size, sha256: await fingerprint(file) };
  return { kind: 'prepared', file: { content, sha256: await fingerprint(content), rows: rows.counts[which], chosen, droppedColumns } };
};

const annotate = async (
  { feed, check: { columns }, rows }: Checked,
  problems: Extract<ToWorker, { kind: 'annotate' }>['problems'],
): Promise<FromWorker> => {
  const problemsOf = new Map([...rows.problems, ...problems]);
  const annotated: AnnotatedRow[] = [];
  const sent = new Blob([...rows.file('all')]);
  for await (const event of readFile(feed, chosenFileSource(sent).read(0, sent.size))) {
    if (event.kind !== 'row' || event.sourceRow === undefined) continue;
    const cells = columns.map(({ name }) => event.cells.get(name) ?? '');
    annotated.push({ row: event.sourceRow, cells, problems: problemsOf.get(event.sourceRow) ?? [] });
  }
  return {
    kind: 'annotated',
    content: new Blob(
      [
        annotatedCsv(
          columns.map(({ name }) => name),
          annotated,
        ),
      ],
      { type: 'text/csv' },
    ),
  };
};

const answer = (message: ToWorker): Promise<FromWorker> => {
  if (message.kind === 'check') return check(message);
  if (!checked) throw new Error('nothing has been checked');
  return message.kind === 'prepare' ? prepare(checked, message.which) : annotate(checked, message.problems);
};

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  answer(event.data).then(say, () => say({ kind: 'failed' }));
});

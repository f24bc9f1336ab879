import type { PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import type { RowErrors } from '#shared/contracts/http/upload-routes.ts';
import { columnLosses } from '../page/column-loss.ts';
import {
  bulletList,
  button,
  element,
  heading,
  insetText,
  paragraph,
  strong,
  subheading,
  summaryList,
  table,
  twoThirds,
} from '../page/element.ts';
import { show } from '../page/show.ts';
import { listInWords, momentInWords, rowsInWords, sizeInWords, stateInWords } from '../page/wording.ts';

const panel = (title: string, reference: string): HTMLElement =>
  element(
    'div',
    { class: 'govuk-panel govuk-panel--confirmation sf-panel' },
    element('h1', { class: 'govuk-panel__title', tabindex: '-1' }, title),
    element('div', { class: 'govuk-panel__body' }, 'Your reference', element('br'), strong(reference)),
  );

const keepReference = (): HTMLElement =>
  paragraph('Make a note of the reference. You can open this link again until it expires to see what came of the file.');

/** Sent and safe; what follows happens without the sender. Returns what updates the step shown. */
export const showChecking = (upload: PortalUpload, onAnother: () => void, receipt?: HTMLElement): ((upload: PortalUpload) => void) => {
  const step = element('div', { role: 'status' }, ...progressOf(upload));
  show(
    'checking',
    'File sent',
    twoThirds(
      panel('File sent', upload.reference),
      keepReference(),
      subheading('What happens next'),
      paragraph('We check the file for viruses and read its rows. This page shows the result, usually within a minute. You may close it.'),
      step,
      receipt,
      button('Send another file', onAnother, 'govuk-button--secondary'),
    ),
  );
  let said = step.textContent;
  return (now) => {
    const next = element('div', {}, ...progressOf(now));
    // What has not changed is not said again.
    if (next.textContent === said) return;
    said = next.textContent;
    step.replaceChildren(...next.childNodes);
  };
};

/** It differs from earlier files as a whole: nothing is wrong for certain, and a person looks. Returns what updates the step shown. */
export const showHeld = ({
  upload,
  receipt,
  onAnother,
  onReplace,
  onWithdraw,
}: Pick<Outcome, 'upload' | 'receipt' | 'onAnother' | 'onReplace' | 'onWithdraw'>): ((upload: PortalUpload) => void) => {
  const step = element('p', { class: 'govuk-body', role: 'status' }, `${stateInWords[upload.state]}.`);
  show(
    'held',
    'The council will look at your file',
    twoThirds(
      panel('File sent', upload.reference),
      subheading('The council will look at your file'),
      paragraph('We have the file safe, and have not used any of it yet. It looks unlike what was expected:'),
      bulletList(upload.waitsBecause ?? []),
      paragraph(
        'If that is right, you need do nothing: somebody at the council decides, usually within three working days. If the file is wrong, send a corrected one in its place, or take it back.',
      ),
      keepReference(),
      step,
      receipt,
      element(
        'div',
        { class: 'govuk-button-group' },
        onReplace ? button('Send a corrected file in its place', onReplace, 'govuk-button--secondary') : undefined,
        onWithdraw ? button('Take this file back', onWithdraw, 'govuk-button--secondary') : undefined,
        button('Send another file', onAnother, 'govuk-button--secondary'),
      ),
    ),
  );
  return ({ state }) => {
    step.textContent = `${stateInWords[state]}.`;
  };
};

/** How far it is; where the virus check could not do its work, that the fault is not the sender's. */
const progressOf = ({ state, waiting }: PortalUpload): readonly HTMLElement[] =>
  waiting === undefined
    ? [paragraph(`${stateInWords[state]}.`)]
    : [insetText(element('p', { class: 'govuk-body govuk-!-font-weight-bold' }, waiting.message), paragraph(waiting.fix))];

export interface Outcome {
  readonly upload: PortalUpload;
  readonly receipt?: HTMLElement | undefined;
  /** Gives the sender their own rows back with what came of each; absent where the file is not open any more. */
  readonly onAnnotate?: (() => void) | undefined;
  readonly onAnother: () => void;
  readonly onReplace?: () => void;
  readonly onWithdraw?: () => void;
  /** More refused rows, a page at a time; without a cursor the first. */
  readonly rowErrors: (cursor?: string) => Promise<{ items: readonly RowErrors[]; cursor?: string | undefined } | undefined>;
}

const count = (value: number): string => value.toLocaleString('en-GB');

const problemRows = (items: readonly RowErrors[]): (readonly string[])[] =>
  items.flatMap(({ row, sourceRow, problems }) =>
    problems.map(({ column, message, fix }) => [String(sourceRow ?? row + 1), column ?? 'The whole row', message, fix]),
  );

const refusedRows = async (outcome: Outcome, into: HTMLElement): Promise<void> => {
  const shown: (readonly string[])[] = [];
  const more = async (cursor?: string): Promise<void> => {
    const page = await outcome.rowErrors(cursor);
    if (!page) {
      into.replaceChildren(paragraph('The list of rows could not be loaded. Open the link again to see it.'));
      return;
    }
    const firstNew = shown.length;
    shown.push(...problemRows(page.items));
    const next = page.cursor;
    into.replaceChildren(
      table('Rows that were not accepted', ['Row', 'Column', 'What is wrong', 'How to fix it'], shown),
      next === undefined ? '' : button('Show more rows', () => void more(next), 'govuk-button--secondary'),
    );
    if (firstNew > 0) into.querySelector<HTMLElement>(`tbody tr:nth-child(${String(firstNew + 1)})`)?.scrollIntoView({ block: 'nearest' });
  };
  await more();
};

/** What the sender may not have meant: columns that were left out, and columns that nobody asked for. */
const columnNotices = ({ columnsMissing = [], columnsIgnored = [] }: PortalUpload): readonly HTMLElement[] => {
  const missing = insetText(
    subheading(columnsMissing.length === 1 ? 'A column that your file did not have' : 'Columns that your file did not have'),
    bulletList(columnLosses(columnsMissing).map(({ columns, text }) => element('span', {}, strong(listInWords(columns)), `. ${text}`))),
    paragraph(
      'The rest of the file was read as usual. Where an earlier file had filled in such a column, what it said there no longer counts. If you have the column and the agreement names it, add it and send the file again.',
    ),
  );
  const several = columnsIgnored.length > 1;
  const ignored = insetText(
    paragraph(
      `We did not use ${several ? 'columns' : 'column'} ${listInWords(columnsIgnored.map(String))} of your file, counted from the left: there is no place for ${several ? 'them' : 'it'}, and nothing of ${several ? 'them' : 'it'} was kept. Leave ${several ? 'them' : 'it'} out next time, unless the name of the column was mistyped.`,
    ),
  );
  return [...(columnsMissing.length > 0 ? [missing] : []), ...(columnsIgnored.length > 0 ? [ignored] : [])];
};

/** A file that says how things stand ends what it no longer has. */
const endedRecords = (ended: number): HTMLElement =>
  insetText(
    paragraph(
      ended === 1
        ? 'One record from an earlier file is not in this one. We take it that it has ended. '
        : `${count(ended)} records from earlier files are not in this one. We take it that they have ended. `,
      'If that is wrong, send a complete file: records that are in it again will count again.',
    ),
  );

const rowCounts = ({ size, counts }: PortalUpload): readonly (readonly [string, string])[] => [
  ['Size', sizeInWords(size)],
  ['Rows in the file', count(counts.rows)],
  ['New', count(counts.added)],
  ['Changed since an earlier file', count(counts.changed)],
  ['The same as in an earlier file', count(counts.unchanged)],
  ['Not accepted', count(counts.refused)],
];

export const showCompleted = (outcome: Outcome): void => {
  const { upload } = outcome;
  const { counts } = upload;
  const refused = element('div');
  show(
    'completed',
    'Your file has been read',
    twoThirds(
      panel(
        upload.nil === true
          ? 'Nothing to report'
          : counts.rows === 0
            ? 'The file had no rows'
            : counts.refused === 0
              ? 'All rows accepted'
              : `${rowsInWords(counts.rows - counts.refused)} accepted, ${count(counts.refused)} not`,
        upload.reference,
      ),
      summaryList([['Sent', momentInWords(upload.createdAt)], ...(upload.nil === true ? [] : rowCounts(upload))]),
      ...(counts.ended > 0 ? [endedRecords(counts.ended)] : []),
      ...(upload.nil === true ? [] : columnNotices(upload)),
      counts.refused === 0 ? nothingMore(upload) : undefined,
      ...(counts.refused === 0
        ? []
        : [
            subheading('What to do about the rows that were not accepted'),
            paragraph(
              'Correct them in your own system or in the file and send the file again. Rows that were accepted are not counted twice. Row numbers are those that your spreadsheet shows.',
            ),
          ]),
    ),
    refused,
    outcome.receipt,
    element(
      'div',
      { class: 'govuk-button-group' },
      outcome.onReplace ? button('Send a corrected file in its place', outcome.onReplace, 'govuk-button--secondary') : undefined,
      outcome.onWithdraw ? button('Take this file back', outcome.onWithdraw, 'govuk-button--secondary') : undefined,
      outcome.onAnnotate ? button('Download your rows with the results', outcome.onAnnotate, 'govuk-button--secondary') : undefined,
      button('Send another file', outcome.onAnother, 'govuk-button--secondary'),
    ),
  );
  if (counts.refused > 0) void refusedRows(outcome, refused);
};

const nothingMore = ({ counts, columnsMissing = [], nil }: PortalUpload): HTMLElement | undefined =>
  nil === true
    ? paragraph('We have noted that there is nothing to report for the period. There is nothing more for you to do.')
    : counts.rows === 0
      ? paragraph(
          'It held the column names only. If there was nothing to report for the period, you need do nothing more. If there was, export the data again and send that file.',
        )
      : counts.ended > 0 || columnsMissing.length > 0
        ? undefined
        : paragraph('There is nothing more for you to do.');

const referenceOf = ({ reference }: PortalUpload): HTMLElement => element('strong', { class: 'sf-reference' }, reference);

export const showRefused = ({ upload, onAnother }: Pick<Outcome, 'upload' | 'onAnother'>): void => {
  const title = upload.refusal === undefined ? 'The file did not arrive' : 'The file was not accepted';
  show(
    'refused',
    title,
    twoThirds(
      heading(title),
      ...(upload.refusal === undefined
        ? [
            paragraph('It was announced, but never came. Its reference was ', referenceOf(upload), '.'),
            paragraph('Choose the file again and send it. If this happens twice, tell the person at the council who gave you the link.'),
          ]
        : [
            insetText(
              element('p', { class: 'govuk-body govuk-!-font-weight-bold' }, upload.refusal.message),
              paragraph(upload.refusal.fix),
            ),
            paragraph('Nothing in it has been used. Its reference is ', referenceOf(upload), '.'),
          ]),
      button('Choose another file', onAnother),
    ),
  );
};

/** In the service's words: it knows whether the file was read, is being read or is on its way through another link. */
export const showAlreadyReceived = (words: { readonly message: string; readonly fix: string }, onAnother: () => void): void => {
  show(
    'already-received',
    'We already have this file',
    twoThirds(
      heading('We already have this file'),
      paragraph(words.message),
      paragraph(words.fix),
      paragraph('Nothing has been counted twice.'),
      button('Choose another file', onAnother),
    ),
  );
};

/** Taken back, or on the way to it; returns what tells that it is done. */
export const showWithdrawn = ({ upload, onAnother }: Pick<Outcome, 'upload' | 'onAnother'>): ((upload: PortalUpload) => void) => {
  const step = element('p', { class: 'govuk-body', role: 'status' }, `${stateInWords[upload.state]}.`);
  show(
    'withdrawn',
    'The file is taken back',
    twoThirds(
      panel('The file is taken back', upload.reference),
      paragraph('Everything that it did is undone: what an earlier file said counts again. Nothing more is needed from you.'),
      step,
      button('Send another file', onAnother, 'govuk-button--secondary'),
    ),
  );
  return ({ state }) => {
    step.textContent = `${stateInWords[state]}.`;
  };
};

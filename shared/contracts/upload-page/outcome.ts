import type { PortalUpload } from '../http/portal-routes.ts';
import type { RowErrors } from '../http/upload-routes.ts';
import { columnLosses } from './column-loss.ts';
import type { Child, Markup } from './markup.ts';
import { reference } from './sent-before.ts';
import { inFigures, listInWords, momentInWords, rowsInWords, sizeInWords, stateInWords } from './wording.ts';

/** What a state of the page is called, and what stands on it. */
export interface Said<Node> {
  readonly title: string;
  readonly content: readonly Child<Node>[];
}

export const keepReference = <Node>(page: Markup<Node>): Node =>
  page.paragraph('Make a note of the reference. You can open this link again until it expires to see what came of the file.');

export const whatIsDone = 'We check the file for viruses and read its rows. This page shows the result, usually within a minute.';

/** How far it is; where the virus check could not do its work, that the fault is not the sender's. */
export const progressOf = <Node>(page: Markup<Node>, { state, waiting }: PortalUpload): readonly Node[] =>
  waiting === undefined ? [page.paragraph(`${stateInWords[state]}.`)] : [whatAndFix(page, waiting)];

const whatAndFix = <Node>(page: Markup<Node>, { message, fix }: { readonly message: string; readonly fix: string }): Node =>
  page.insetText(page.element('p', { class: 'govuk-body govuk-!-font-weight-bold' }, message), page.paragraph(fix));

/** It differs from earlier files as a whole: nothing is wrong for certain, and a person looks. */
export const heldWords = <Node>(page: Markup<Node>, upload: PortalUpload): Said<Node> => ({
  title: 'The council will look at your file',
  content: [
    page.panel('File sent', upload.reference),
    page.subheading('The council will look at your file'),
    page.paragraph('We have the file safe, and have not used any of it yet. It looks unlike what was expected:'),
    page.bulletList(upload.waitsBecause ?? []),
    page.paragraph(
      'If that is right, you need do nothing: somebody at the council decides, usually within three working days. If the file is wrong, send a corrected one in its place, or take it back.',
    ),
    keepReference(page),
  ],
});

/** What the sender may not have meant: columns that were left out, and columns that nobody asked for. */
const columnNotices = <Node>(page: Markup<Node>, { columnsMissing = [], columnsIgnored = [] }: PortalUpload): readonly Node[] => {
  const several = columnsIgnored.length > 1;
  return [
    ...(columnsMissing.length === 0
      ? []
      : [
          page.insetText(
            page.subheading(columnsMissing.length === 1 ? 'A column that your file did not have' : 'Columns that your file did not have'),
            page.bulletList(
              columnLosses(columnsMissing).map(({ columns, text }) =>
                page.element('span', {}, page.strong(listInWords(columns)), `. ${text}`),
              ),
            ),
            page.paragraph(
              'The rest of the file was read as usual. Where an earlier file had filled in such a column, what it said there no longer counts. If you have the column and the agreement names it, add it and send the file again.',
            ),
          ),
        ]),
    ...(columnsIgnored.length === 0
      ? []
      : [
          page.insetText(
            page.paragraph(
              `We did not use ${several ? 'columns' : 'column'} ${listInWords(columnsIgnored.map(String))} of your file, counted from the left: there is no place for ${several ? 'them' : 'it'}, and nothing of ${several ? 'them' : 'it'} was kept. Leave ${several ? 'them' : 'it'} out next time, unless the name of the column was mistyped.`,
            ),
          ),
        ]),
  ];
};

/** A file that says how things stand ends what it no longer has. */
const endedRecords = <Node>(page: Markup<Node>, ended: number): Node =>
  page.insetText(
    page.paragraph(
      ended === 1
        ? 'One record from an earlier file is not in this one. We take it that it has ended. '
        : `${inFigures(ended)} records from earlier files are not in this one. We take it that they have ended. `,
      'If that is wrong, send a complete file: records that are in it again will count again.',
    ),
  );

const rowCounts = ({ size, counts }: PortalUpload): readonly (readonly [string, string])[] => [
  ...(size === undefined ? [] : ([['Size', sizeInWords(size)]] as const)),
  ['Rows in the file', inFigures(counts.rows)],
  ['New', inFigures(counts.added)],
  ['Changed since an earlier file', inFigures(counts.changed)],
  ['The same as in an earlier file', inFigures(counts.unchanged)],
  ['Not accepted', inFigures(counts.refused)],
];

const completedTitle = ({ nil, counts }: PortalUpload): string => {
  if (nil === true) return 'Nothing to report';
  if (counts.rows === 0) return 'The file had no rows';
  return counts.refused === 0
    ? 'All rows accepted'
    : `${rowsInWords(counts.rows - counts.refused)} accepted, ${inFigures(counts.refused)} not`;
};

const nothingMore = <Node>(page: Markup<Node>, { counts, columnsMissing = [], nil }: PortalUpload): Node | undefined =>
  nil === true
    ? page.paragraph('We have noted that there is nothing to report for the period. There is nothing more for you to do.')
    : counts.rows === 0
      ? page.paragraph(
          'It held the column names only. If there was nothing to report for the period, you need do nothing more. If there was, export the data again and send that file.',
        )
      : counts.ended > 0 || columnsMissing.length > 0
        ? undefined
        : page.paragraph('There is nothing more for you to do.');

export const completedWords = <Node>(page: Markup<Node>, upload: PortalUpload): Said<Node> => {
  const { counts, nil } = upload;
  return {
    title: 'Your file has been read',
    content: [
      page.panel(completedTitle(upload), upload.reference),
      page.summaryList([['Sent', momentInWords(upload.createdAt)], ...(nil === true ? [] : rowCounts(upload))]),
      counts.ended > 0 ? endedRecords(page, counts.ended) : undefined,
      ...(nil === true ? [] : columnNotices(page, upload)),
      ...(counts.refused === 0
        ? [nothingMore(page, upload)]
        : [
            page.subheading('What to do about the rows that were not accepted'),
            page.paragraph(
              'Correct them in your own system or in the file and send the file again. Rows that were accepted are not counted twice. Row numbers are those that your spreadsheet shows.',
            ),
          ]),
    ],
  };
};

/** Of a file that has been read: whether what follows from it has been worked out. Never what, which is no business of the sender. */
export const followedUp = <Node>(page: Markup<Node>, { assessedAt, counts, nil }: PortalUpload): Node | undefined =>
  nil === true || counts.rows === counts.refused
    ? undefined
    : page.paragraph(
        assessedAt === undefined
          ? 'Its rows have been matched to people. We are now working out what they change for families. You do not need to wait for this.'
          : `Its rows have been matched to people, and what they change for families was worked out by ${momentInWords(assessedAt)}.`,
      );

/** Row, column, what is wrong, how to put it right: never what stood in the cell. */
export const refusedRows = <Node>(page: Markup<Node>, items: readonly RowErrors[]): Node =>
  page.table(
    'Rows that were not accepted',
    ['Row', 'Column', 'What is wrong', 'How to fix it'],
    items.flatMap(({ row, sourceRow, problems }) =>
      problems.map(({ column, message, fix }) => [String(sourceRow ?? row + 1), column ?? 'The whole row', message, fix]),
    ),
  );

export const refusedWords = <Node>(page: Markup<Node>, upload: PortalUpload): Said<Node> => {
  const { refusal } = upload;
  const title = refusal === undefined ? 'The file did not arrive' : 'The file was not accepted';
  return {
    title,
    content: [
      page.heading(title),
      ...(refusal === undefined
        ? [
            page.paragraph('It was announced, but never came. Its reference was ', reference(page, upload), '.'),
            page.paragraph(
              'Choose the file again and send it. If this happens twice, tell the person at the council who gave you the link.',
            ),
          ]
        : [whatAndFix(page, refusal), page.paragraph('Nothing in it has been used. Its reference is ', reference(page, upload), '.')]),
    ],
  };
};

/** Taken back, or on the way to it. */
export const withdrawnWords = <Node>(page: Markup<Node>, upload: PortalUpload): Said<Node> => ({
  title: 'The file is taken back',
  content: [
    page.panel('The file is taken back', upload.reference),
    page.paragraph('Everything that it did is undone: what an earlier file said counts again. Nothing more is needed from you.'),
  ],
});

/** What can be done about a file that has come. */
export const todo = {
  another: 'Send another file',
  replace: 'Send a corrected file in its place',
  withdraw: 'Take this file back',
  receipt: 'Download the signed receipt',
  more: 'Show more rows',
} as const;

export const receiptNotSigned = 'We could not sign the receipt yet. Try again in a minute: your file does not wait for it.';

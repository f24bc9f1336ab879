import type { CheckedSheet } from '../check/check-messages.ts';
import {
  button,
  bulletList,
  element,
  heading,
  insetText,
  paragraph,
  strong,
  subheading,
  summaryList,
  table,
  twoThirds,
  type Child,
} from '../page/element.ts';
import { errorSummary } from '../page/error-summary.ts';
import { sheetTable } from '../page/sheet-table.ts';
import { show } from '../page/show.ts';
import { inFigures, listInWords, rowsInWords, sizeInWords } from '#shared/contracts/upload-page/wording.ts';
import type { QueryNote } from '#shared/domain/uploads/query-note.ts';
import type { NoteFields } from './query-notes.ts';
import { repairWords } from './repairs.ts';

export interface CheckResult {
  readonly check: CheckedSheet;
  readonly file: { readonly name: string; readonly size: number };
  /** A file that says how things stand: a record that it does not have has ended. */
  readonly isWholeList: boolean;
  readonly council: string;
  /** Places for notes on what is odd. */
  readonly notes: NoteFields;
  readonly onSend: (notes: readonly QueryNote[]) => void;
  readonly onAnother: () => void;
}

const are = (value: number): string => (value === 1 ? 'is' : 'are');

const forms: Readonly<Record<CheckedSheet['form'], string>> = {
  'utf-8': 'CSV',
  'utf-16le': 'CSV, saved as Unicode text',
  'utf-16be': 'CSV, saved as Unicode text',
  'windows-1252': 'CSV, in Windows’ own letters',
  workbook: 'Excel workbook',
};

const summary = ({ check, file, council }: CheckResult): HTMLElement =>
  summaryList([
    ['File', file.name],
    ['Kind', `${forms[check.form]}, ${sizeInWords(file.size)}`],
    ...(check.sheet ? ([['Sheet', sheetWords(check.sheet)]] as const) : []),
    ['Rows', inFigures(check.rows)],
    ['Columns that are sent', listInWords(check.columns.map(({ name }) => name))],
    ...(check.droppedColumns.length > 0
      ? ([
          [
            'Columns that stay on your computer',
            `${listInWords(check.droppedColumns)}. ${council} did not ask for ${check.droppedColumns.length === 1 ? 'it' : 'them'}.`,
          ],
        ] as const)
      : []),
    ...(check.missingColumns.length > 0 ? ([['Columns that the file does not have', listInWords(check.missingColumns)]] as const) : []),
    ...repaired(check),
  ]);

const sheetWords = ({ name, others, hidden }: NonNullable<CheckedSheet['sheet']>): string =>
  others === 0
    ? name
    : `${name}. ${others === 1 ? 'The other sheet stays' : `The other ${inFigures(others)} sheets stay`} on your computer${hidden > 0 ? `, ${inFigures(hidden)} of them hidden` : ''}.`;

const repaired = ({ repaired: repairs, unwrapped }: CheckedSheet): readonly (readonly [string, Child])[] => {
  const lines = repairs.map(
    ({ repair, column, count: many }) =>
      `${repairWords[repair].what}${column === undefined ? '' : ` (${column})`}: put right in ${repairWords[repair].many(many)}`,
  );
  if (unwrapped > 0) lines.push(`${inFigures(unwrapped)} cells written like ="0123" are read as 0123`);
  return lines.length === 0 ? [] : [['Put right before sending', bulletList(lines)]];
};

const place = (address: string, value: string): string => (value === '' ? `${address} (empty)` : `${address}: “${value}”`);

/** What is odd: asked about, and sent all the same. */
const queries = ({ queries: groups }: CheckedSheet): readonly HTMLElement[] =>
  groups.length === 0
    ? []
    : [
        table(
          'Please check these. They can be sent as they are',
          ['Column', 'What is odd', 'How many', 'Where', 'What to do'],
          groups.map(({ column, message, count: many, places, fix }) => [
            column ?? 'The whole row',
            message,
            inFigures(many),
            places.map(({ address, value }) => place(address, value)).join(', ') + (many > places.length ? ', …' : ''),
            fix,
          ]),
        ),
      ];

const nothingSent = (): HTMLElement => paragraph('Nothing has been sent yet.');

export const showCheckPassed = (result: CheckResult): void => {
  const { check, council, notes, onSend, onAnother } = result;
  const title =
    check.rows === 0 ? 'The file has no rows' : check.rows === 1 ? 'The row is right' : `All ${inFigures(check.rows)} rows are right`;
  show(
    'check-passed',
    title,
    twoThirds(
      heading(title),
      check.rows === 0 ? paragraph('It holds the column names only. Send it if there was nothing to report in the period.') : undefined,
      nothingSent(),
      summary(result),
    ),
    ...queries(check),
    twoThirds(...notes.content),
    element(
      'div',
      { class: 'govuk-button-group' },
      button(`Send ${check.rows === 0 ? 'the file' : rowsInWords(check.rows)} to ${council}`, () => onSend(notes.read())),
      button('Choose another file', onAnother, 'govuk-button--secondary'),
    ),
  );
};

const groupId = (index: number): string => `problem-${String(index + 1)}`;

const groupSection = (group: CheckedSheet['problems'][number], index: number): HTMLElement =>
  element(
    'section',
    { id: groupId(index), tabindex: '-1', class: 'sf-problem' },
    element('h3', { class: 'govuk-heading-s' }, `${group.column ?? 'The whole row'}: ${group.message}`),
    paragraph(group.fix),
    element(
      'p',
      { class: 'govuk-body' },
      `In ${rowsInWords(group.count)}: `,
      ...group.places.flatMap(({ address, value }, at): readonly Child[] => [
        at === 0 ? '' : ', ',
        element('span', { class: 'sf-place' }, place(address, value)),
      ]),
      group.count > group.places.length ? ', …' : '',
    ),
  );

const staysHere = (faulty: number): string =>
  faulty === 1 ? 'The row that is wrong stays' : `The ${rowsInWords(faulty)} that are wrong stay`;

const whatThen = ({ check, isWholeList, council }: CheckResult): readonly HTMLElement[] => {
  const good = check.rows - check.faultyRows;
  const wrong = rowsInWords(check.faultyRows);
  if (isWholeList)
    return [
      paragraph(`Correct the ${wrong} and choose the file again, or send the file now.`),
      insetText(
        paragraph(
          `This file is the whole list, so all its rows are sent: ${council} takes the ${rowsInWords(good)} that ${are(good)} right and refuses the ${wrong} that ${are(check.faultyRows)} not, but does not take it that their records have ended. Correct them and send the whole file again when you can.`,
        ),
      ),
    ];
  return [
    paragraph(
      good === 0
        ? `Correct the ${wrong} and choose the file again. There is no row that could be sent now.`
        : `Correct the ${wrong} and choose the file again, or send the ${rowsInWords(good)} that ${are(good)} right now and the others later. ${staysHere(check.faultyRows)} on your computer. No row is counted twice.`,
    ),
  ];
};

export const showCheckProblems = (result: CheckResult): void => {
  const { check, isWholeList, notes, onSend, onAnother } = result;
  const good = check.rows - check.faultyRows;
  const title = `${inFigures(check.faultyRows)} of ${rowsInWords(check.rows)} ${check.faultyRows === 1 ? 'needs' : 'need'} correcting`;
  const sendWords = isWholeList ? 'Send the whole file now' : `Send the ${rowsInWords(good)} that ${are(good)} right`;
  show(
    'check-problems',
    `Error: ${title}`,
    twoThirds(
      errorSummary(
        check.problems.map(({ column, message, count: many }, index) => ({
          text: `${column === undefined ? '' : `${column}: `}${message} (${rowsInWords(many)})`,
          target: groupId(index),
        })),
      ),
      heading(title),
      nothingSent(),
      subheading('What is wrong, and how to put it right'),
      ...check.problems.map(groupSection),
    ),
    sheetTable(check),
    ...queries(check),
    twoThirds(
      ...notes.content,
      subheading('Your file'),
      summary(result),
      subheading('What to do now'),
      ...whatThen(result),
      element(
        'div',
        { class: 'govuk-button-group' },
        button('Choose the corrected file', onAnother),
        good === 0 && !isWholeList ? undefined : button(sendWords, () => onSend(notes.read()), 'govuk-button--secondary'),
      ),
      paragraph(strong('Do not send the file by e-mail.')),
    ),
  );
};

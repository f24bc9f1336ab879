import { formPath } from '#shared/contracts/upload-page/frame.ts';
import { describedBy } from '#shared/contracts/upload-page/markup.ts';
import { replacementNotice } from '#shared/contracts/upload-page/questions.ts';
import { timeInWords } from '#shared/contracts/upload-page/wording.ts';
import { htmlElement as element, htmlPage as page, type Html } from '#shared/platform/http/html-element.ts';
import type { SignedForm } from '#shared/services/uploads/object-store.ts';
import { backToLink, filePath, formTo, layout, linkButton, submit } from './layout.ts';

interface SendPage {
  readonly council: string;
  readonly seal: string;
  readonly uploadId: string;
  readonly form: SignedForm;
  /** Instant. */
  readonly goodUntil: string;
  /** The reference of the file in whose place this one is to stand. */
  readonly replaces?: { readonly reference: string } | undefined;
}

const title = 'Choose your file and send it';
const field = {
  id: 'file',
  label: 'Choose your file',
  hint: 'A CSV or Excel (.xlsx) file, smaller than 100MB.',
  error: undefined,
} as const;

/** The fields are signed, in this order; the file stands last, as the store wants it. */
const storeForm = ({ action, fields }: SignedForm): Html =>
  element(
    'form',
    { action, method: 'post', enctype: 'multipart/form-data' },
    ...fields.map(([name, value]) => element('input', { type: 'hidden', name, value })),
    page.formGroup(
      field,
      element('input', {
        class: 'govuk-file-upload',
        id: field.id,
        name: 'file',
        type: 'file',
        required: '',
        accept: '.csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'aria-describedby': describedBy(field),
      }),
    ),
    submit('Send the file'),
  );

/** What the file store says where it does not take a file; we cannot put it into other words once it says it. */
const troubles: readonly (readonly [string, string])[] = [
  ['EntityTooLarge', 'The file is larger than 100MB. Split it into smaller files, each with the row of column names.'],
  ['EntityTooSmall', 'The file is empty. Check that the export worked.'],
  ['Policy expired', 'This page was open for more than five minutes. Get a new form and send the file.'],
  ['OperationAborted', 'A file has been sent with this form before. See what became of it.'],
];

export const sendPage = ({ council, seal, uploadId, form, goodUntil, replaces }: SendPage): string =>
  layout({
    state: 'send',
    title,
    council,
    seal,
    content: [
      page.twoThirds(
        page.heading(title),
        replaces === undefined ? undefined : page.insetText(page.paragraph(replacementNotice(replaces))),
        page.paragraph(
          `For safety this form works until ${timeInWords(goodUntil)}, five minutes from when the page was opened. A file that is on its way by then arrives. If you need longer, `,
          element('a', { class: 'govuk-link', href: filePath(uploadId) }, 'get a new form'),
          ': you lose nothing.',
        ),
        storeForm(form),
        page.paragraph('When the file has been sent you come back here by yourself. Keep this window open until then.'),
        page.details(
          'If you see a page of code instead',
          page.paragraph(
            'It is from the file store, which did not take the file. Look for one of these words in it, then go back to this page with your browser’s Back button.',
          ),
          page.summaryList(troubles),
        ),
        backToLink(),
      ),
    ],
  });

/** Too late for this form, and nothing has come by it. */
export const formOverPage = ({ council, seal }: Pick<SendPage, 'council' | 'seal'>): string =>
  layout({
    state: 'form-over',
    title: 'This form is too old',
    council,
    seal,
    content: [
      page.twoThirds(
        page.heading('This form is too old'),
        page.paragraph('No file has come by it, and none can any more. Get a new form to send your file.'),
        formTo(`${formPath}/files`, { seal }, submit('Get a new form')),
        backToLink(),
      ),
    ],
  });

/** The store sends the browser here. Nobody knows yet who it is: the cookie may have stayed behind on the way. */
export const sentPage = (council: string, uploadId: string): string =>
  layout({
    state: 'sent',
    title: 'File sent',
    council,
    content: [
      page.twoThirds(
        page.heading('File sent'),
        page.paragraph('Your file has arrived. Continue to see your reference, and what we find in the file.'),
        linkButton('Continue', filePath(uploadId), ''),
      ),
    ],
  });

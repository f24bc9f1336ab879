import type { OpenedLink, PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import { FileUpload } from 'govuk-frontend';
import {
  button,
  details,
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
import { errorSummary } from '../page/error-summary.ts';
import { describedBy, formGroup } from '../page/form-group.ts';
import { show } from '../page/show.ts';
import { dateInWords, momentInWords, rowsInWords, stateInWords } from '../page/wording.ts';
import { whatIsDue } from './what-is-due.ts';
import { addFeedGuide } from './feed-guide.ts';

export interface ChooseFile {
  readonly link: OpenedLink;
  /** In the words of the file upload component. */
  readonly error?: string | undefined;
  readonly onCheck: (file: File | undefined) => void;
  readonly onFollow: (upload: PortalUpload) => void;
  readonly onNothing: () => void;
  /** The upload that the file is to stand in the place of. */
  readonly replaces?: PortalUpload | undefined;
}

const inputId = 'file';

const fileField = (error: string | undefined): { group: HTMLElement; input: HTMLInputElement } => {
  const input = element('input', {
    class: error === undefined ? 'govuk-file-upload' : 'govuk-file-upload govuk-file-upload--error',
    id: inputId,
    name: 'file',
    type: 'file',
    accept: '.csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'aria-describedby': describedBy({ id: inputId, error }),
  });
  const wrapper = element('div', { class: 'govuk-file-upload-wrapper', 'data-module': 'govuk-file-upload' }, input);
  const hint = 'A CSV or Excel (.xlsx) file, smaller than 100MB.';
  return { group: formGroup({ id: inputId, label: 'Choose your file', hint, error }, wrapper), input };
};

/**
 * The component's larger drop zone. It puts an unseen comma into the button's name, so that the name no longer holds the
 * text that is seen (WCAG 2.5.3): taken out again.
 */
const enhance = (group: HTMLElement): void => {
  const wrapper = group.querySelector('.govuk-file-upload-wrapper');
  if (!wrapper) return;
  new FileUpload(wrapper);
  document.getElementById(`${inputId}-comma`)?.remove();
};

const openButton = (upload: PortalUpload, onFollow: (upload: PortalUpload) => void): HTMLElement => {
  const node = button('Open', () => onFollow(upload), 'govuk-button--secondary sf-small-button');
  node.append(element('span', { class: 'govuk-visually-hidden' }, ` ${upload.reference}`));
  return node;
};

const sentBefore = (uploads: readonly PortalUpload[], onFollow: (upload: PortalUpload) => void): HTMLElement | undefined =>
  uploads.length === 0
    ? undefined
    : element(
        'div',
        {},
        table(
          'Sent through this link',
          ['Reference', 'When', 'What came of it', 'More'],
          uploads.map((upload) => [
            element('span', { class: 'sf-reference' }, upload.reference),
            momentInWords(upload.createdAt),
            upload.state === 'completed'
              ? `${rowsInWords(upload.counts.rows - upload.counts.refused)} accepted, ${upload.counts.refused.toLocaleString('en-GB')} not accepted`
              : stateInWords[upload.state],
            openButton(upload, onFollow),
          ]),
        ),
      );

const askedFor = (link: OpenedLink): HTMLElement =>
  summaryList([
    ['Asked for by', link.council],
    ['Sent by', `${link.agency} (${link.contactRole})`],
    ['What', `${link.feed.title}. ${link.feed.rowMeaning}`],
    ['Period', `${dateInWords(link.periodStart)} to ${dateInWords(link.periodEnd)}`],
    ['Agreement', link.agreement.reference],
    ['About', link.agreement.cohort],
    ['Why', link.agreement.purposes.join(' · ')],
    ['Lawful basis', link.agreement.lawfulBasis],
    ['The agreement ends on', dateInWords(link.agreement.end)],
    ['This link works until', momentInWords(link.expiresAt)],
  ]);

/** Who asks for what, and the field for the file. */
export const showChooseFile = ({ link, error, onCheck, onFollow, onNothing, replaces }: ChooseFile): void => {
  const title = `Send ${link.feed.title.toLowerCase()} to ${link.council}`;
  const { group, input } = fileField(error);
  const form = element(
    'form',
    { novalidate: '' },
    group,
    element('button', { type: 'submit', class: 'govuk-button', 'data-module': 'govuk-button' }, 'Check the file'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onCheck(input.files?.[0]);
  });
  const guide = details('What the file must look like', paragraph('Loading the column guide…'));
  show(
    error === undefined ? 'choose-file' : 'choose-file-error',
    error === undefined ? title : `Error: ${title}`,
    twoThirds(
      error === undefined ? undefined : errorSummary([{ text: error, target: inputId }]),
      heading(title),
      askedFor(link),
      subheading('Your file'),
      paragraph(
        'Send only the people and the columns that the agreement names. ',
        strong('The file is checked on your computer first. Nothing leaves it until you press “Send”,'),
        ' and columns that are not in the guide never do.',
      ),
    ),
    // As wide as the page: it is a table.
    guide,
    twoThirds(
      replaces === undefined
        ? undefined
        : insetText(
            paragraph(
              `This file will stand in the place of ${replaces.reference}. What that file did is undone once this one has been taken in.`,
            ),
          ),
      form,
      // In a file that says how things stand, no rows would mean that nobody is there any more.
      replaces === undefined && link.feed.kind === 'increment'
        ? button('There is nothing to report for this period', onNothing, 'govuk-button--secondary')
        : undefined,
    ),
    sentBefore(link.uploads.items, onFollow),
    whatIsDue(link.due),
  );
  enhance(group);
  void addFeedGuide(guide, link.feed.id);
};

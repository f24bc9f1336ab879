import type { OpenedLink, PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import { askedFor, guideTitle, sendTitle } from '#shared/contracts/upload-page/asked-for.ts';
import { describedBy } from '#shared/contracts/upload-page/markup.ts';
import { nothingToReport, replacementNotice } from '#shared/contracts/upload-page/questions.ts';
import { sentBefore } from '#shared/contracts/upload-page/sent-before.ts';
import { whatIsDue } from '#shared/contracts/upload-page/what-is-due.ts';
import { FileUpload } from 'govuk-frontend';
import { button, details, element, heading, insetText, page, paragraph, strong, subheading, twoThirds } from '../page/element.ts';
import { errorSummary } from '../page/error-summary.ts';
import { show } from '../page/show.ts';
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
  return { group: page.formGroup({ id: inputId, label: 'Choose your file', hint, error }, wrapper), input };
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

const openButton = (text: string, unseen: HTMLElement, onFollow: () => void): HTMLElement => {
  const node = button(text, onFollow, 'govuk-button--secondary sf-small-button');
  node.append(unseen);
  return node;
};

/** Who asks for what, and the field for the file. */
export const showChooseFile = ({ link, error, onCheck, onFollow, onNothing, replaces }: ChooseFile): void => {
  const title = sendTitle(link);
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
  const guide = details(guideTitle, paragraph('Loading the column guide…'));
  show(
    error === undefined ? 'choose-file' : 'choose-file-error',
    error === undefined ? title : `Error: ${title}`,
    twoThirds(
      error === undefined ? undefined : errorSummary([{ text: error, target: inputId }]),
      heading(title),
      askedFor(page, link),
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
      replaces === undefined ? undefined : insetText(paragraph(replacementNotice(replaces))),
      form,
      // In a file that says how things stand, no rows would mean that nobody is there any more.
      replaces === undefined && link.feed.kind === 'increment' ? button(nothingToReport, onNothing, 'govuk-button--secondary') : undefined,
    ),
    sentBefore(page, link.uploads.items, (upload, text, unseen) => openButton(text, unseen, () => onFollow(upload))),
    whatIsDue(page, link.due),
  );
  enhance(group);
  void addFeedGuide(guide, link.feed.id, link.agreement.columns);
};

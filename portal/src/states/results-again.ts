import type { AnnotatedAgain } from '../check/annotate-again.ts';
import { describedBy } from '#shared/contracts/upload-page/markup.ts';
import { download } from '../page/download.ts';
import { element, page, paragraph, subheading } from '../page/element.ts';
import { errorSummary } from '../page/error-summary.ts';

export interface ResultsAgain {
  readonly reference: string;
  readonly onChosen: (file: File) => Promise<AnnotatedAgain>;
}

const inputId = 'sent-file';

/** For a page that was opened again: the file is chosen once more, compared with the receipt, and given back with its results. */
export const resultsAgain = ({ reference, onChosen }: ResultsAgain): HTMLElement => {
  const place = element('div');
  const said = element('p', { class: 'govuk-body', role: 'status' });
  const showForm = (error?: string): void => {
    const input = element('input', {
      class: error === undefined ? 'govuk-file-upload' : 'govuk-file-upload govuk-file-upload--error',
      id: inputId,
      type: 'file',
      'aria-describedby': describedBy({ id: inputId, error }),
    });
    const hint = 'It stays on your computer. It has to be the very file, unchanged: it is compared with the receipt.';
    const form = element(
      'form',
      { novalidate: '' },
      page.formGroup({ id: inputId, label: 'Choose the file that you sent', hint, error }, input),
      element(
        'button',
        { type: 'submit', class: 'govuk-button govuk-button--secondary', 'data-module': 'govuk-button' },
        'Download your rows with the results',
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void give(input.files?.[0]);
    });
    const summary = error === undefined ? undefined : errorSummary([{ text: error, target: inputId }]);
    place.replaceChildren(...(summary ? [summary] : []), form);
    summary?.focus();
  };
  let isBusy = false;
  const give = async (file: File | undefined): Promise<void> => {
    if (isBusy) return;
    if (!file) {
      showForm('Select a file');
      return;
    }
    isBusy = true;
    said.textContent = 'Reading the file…';
    const answer = await onChosen(file);
    isBusy = false;
    said.textContent = answer.kind === 'annotated' ? 'Your rows with the results are in your downloads.' : '';
    if (answer.kind === 'annotated') download(`${reference}-results.csv`, answer.content);
    else showForm(answer.because);
  };
  showForm();
  return element(
    'div',
    {},
    subheading('Your rows with the results'),
    paragraph('Get your own rows back, each with whether it was accepted and what is wrong with it.'),
    place,
    said,
  );
};

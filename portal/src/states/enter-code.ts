import { describedBy } from '#shared/contracts/upload-page/markup.ts';
import { codeField, codeGiven, codeMissing, codeTitle, isCode } from '#shared/contracts/upload-page/opening.ts';
import { element, heading, page, paragraph, twoThirds } from '../page/element.ts';
import { errorSummary } from '../page/error-summary.ts';
import { show } from '../page/show.ts';

const inputId = 'code';

/** The council gives the code by another channel than the link: both together open the page. */
export const showEnterCode = (onCode: (code: string) => void, error?: string): void => {
  const input = element('input', {
    class: `govuk-input govuk-input--width-10${error === undefined ? '' : ' govuk-input--error'}`,
    id: inputId,
    name: 'code',
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    spellcheck: 'false',
    'aria-describedby': describedBy({ id: inputId, error }),
  });
  const form = element(
    'form',
    { novalidate: '' },
    page.formGroup({ id: inputId, ...codeField, error }, input),
    element('button', { type: 'submit', class: 'govuk-button', 'data-module': 'govuk-button' }, 'Continue'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isCode(input.value)) onCode(input.value);
    else showEnterCode(onCode, codeMissing);
  });
  const title = codeTitle;
  show(
    error === undefined ? 'enter-code' : 'enter-code-error',
    error === undefined ? title : `Error: ${title}`,
    twoThirds(
      error === undefined ? undefined : errorSummary([{ text: error, target: inputId }]),
      heading(title),
      paragraph(codeGiven),
      form,
    ),
  );
};

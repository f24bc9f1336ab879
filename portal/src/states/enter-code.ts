import { element, heading, paragraph, twoThirds } from '../page/element.ts';
import { errorSummary } from '../page/error-summary.ts';
import { describedBy, formGroup } from '../page/form-group.ts';
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
    formGroup({ id: inputId, label: 'Your code', hint: '8 digits, for example 4821 9034', error }, input),
    element('button', { type: 'submit', class: 'govuk-button', 'data-module': 'govuk-button' }, 'Continue'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (/^\d{8}$/.test(input.value.replaceAll(/[\s-]/gu, ''))) onCode(input.value);
    else showEnterCode(onCode, 'Enter the 8 digits of your code');
  });
  const title = 'Enter the code for this link';
  show(
    error === undefined ? 'enter-code' : 'enter-code-error',
    error === undefined ? title : `Error: ${title}`,
    twoThirds(
      error === undefined ? undefined : errorSummary([{ text: error, target: inputId }]),
      heading(title),
      paragraph('The council has given you a code, separately from the link: by phone, or in another message.'),
      form,
    ),
  );
};

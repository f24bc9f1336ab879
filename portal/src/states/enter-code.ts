import { element, heading, paragraph, twoThirds } from '../page/element.ts';
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
    'aria-describedby': error === undefined ? `${inputId}-hint` : `${inputId}-hint ${inputId}-error`,
  });
  const form = element(
    'form',
    { novalidate: '' },
    element(
      'div',
      { class: error === undefined ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error' },
      element('label', { class: 'govuk-label govuk-label--m', for: inputId }, 'Your code'),
      element('div', { class: 'govuk-hint', id: `${inputId}-hint` }, '8 digits, for example 4821 9034'),
      error === undefined
        ? undefined
        : element(
            'p',
            { id: `${inputId}-error`, class: 'govuk-error-message' },
            element('span', { class: 'govuk-visually-hidden' }, 'Error:'),
            ` ${error}`,
          ),
      input,
    ),
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
      error === undefined ? undefined : summary(error),
      heading(title),
      paragraph('The council has given you a code, separately from the link: by phone, or in another message.'),
      form,
    ),
  );
};

const summary = (message: string): HTMLElement =>
  element(
    'div',
    { class: 'govuk-error-summary', tabindex: '-1' },
    element(
      'div',
      { role: 'alert' },
      element('h2', { class: 'govuk-error-summary__title' }, 'There is a problem'),
      element(
        'div',
        { class: 'govuk-error-summary__body' },
        element('ul', { class: 'govuk-list govuk-error-summary__list' }, element('li', {}, element('a', { href: `#${inputId}` }, message))),
      ),
    ),
  );

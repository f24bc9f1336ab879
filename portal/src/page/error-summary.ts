import { element } from './element.ts';

/** The design system's error summary: what is wrong, each with a link to where it can be put right. */
export const errorSummary = (items: readonly { readonly text: string; readonly target: string }[]): HTMLElement =>
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
        element(
          'ul',
          { class: 'govuk-list govuk-error-summary__list' },
          ...items.map(({ text, target }) => element('li', {}, element('a', { href: `#${target}` }, text))),
        ),
      ),
    ),
  );

import { element } from './element.ts';

/** Goes to the place itself: what stands behind the `#` of this page's address is a link's token and nothing else. */
const linkTo = (text: string, target: string): HTMLElement => {
  const link = element('a', { href: `#${target}` }, text);
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const place = document.getElementById(target);
    place?.scrollIntoView();
    place?.focus({ preventScroll: true });
  });
  return link;
};

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
          ...items.map(({ text, target }) => element('li', {}, linkTo(text, target))),
        ),
      ),
    ),
  );

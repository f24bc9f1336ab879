import { element, page } from './element.ts';

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

export const errorSummary = (items: readonly { readonly text: string; readonly target: string }[]): HTMLElement =>
  page.errorSummary(items, { link: linkTo });

import type { Child } from './element.ts';
import type { PageState } from './page-state.ts';

const main = (): HTMLElement => {
  const node = document.getElementById('main-content');
  if (!node) throw new Error('the page has no main element');
  return node;
};

let shownBefore = false;

/**
 * Shows one state of the page: title, content, and focus on the error summary where there is one, else on the heading,
 * so that a screen reader says what changed. What the page opens with leaves the focus where the browser put it.
 */
export const show = (state: PageState, title: string, ...children: readonly Child[]): void => {
  const container = main();
  container.replaceChildren(...children.filter((child): child is HTMLElement | string => child !== undefined));
  container.dataset['state'] = state;
  document.title = `${title} – Stronger Families`;
  const summary = container.querySelector<HTMLElement>('.govuk-error-summary');
  if (summary) summary.focus();
  else if (shownBefore) container.querySelector<HTMLElement>('h1')?.focus();
  shownBefore = state !== 'loading';
  window.scrollTo(0, 0);
};

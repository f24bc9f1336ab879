export type Child = Node | string | undefined;

/** Makes an element; text goes in as text, so nothing a file or a server says can become markup. */
export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child): child is Node | string => child !== undefined));
  return node;
};

export const heading = (text: string): HTMLElement => element('h1', { class: 'govuk-heading-l', tabindex: '-1' }, text);
export const subheading = (text: string): HTMLElement => element('h2', { class: 'govuk-heading-m' }, text);
export const paragraph = (...children: readonly Child[]): HTMLElement => element('p', { class: 'govuk-body' }, ...children);
export const strong = (text: string): HTMLElement => element('strong', {}, text);

export const summaryList = (rows: readonly (readonly [string, Child])[]): HTMLElement =>
  element(
    'dl',
    { class: 'govuk-summary-list' },
    ...rows.map(([key, value]) =>
      element(
        'div',
        { class: 'govuk-summary-list__row' },
        element('dt', { class: 'govuk-summary-list__key' }, key),
        element('dd', { class: 'govuk-summary-list__value' }, value),
      ),
    ),
  );

export const table = (caption: string, columns: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement =>
  element(
    'div',
    { class: 'sf-scroll', role: 'region', 'aria-label': caption, tabindex: '0' },
    element(
      'table',
      { class: 'govuk-table' },
      element('caption', { class: 'govuk-table__caption govuk-table__caption--m' }, caption),
      element(
        'thead',
        { class: 'govuk-table__head' },
        element(
          'tr',
          { class: 'govuk-table__row' },
          ...columns.map((name) => element('th', { class: 'govuk-table__header', scope: 'col' }, name)),
        ),
      ),
      element(
        'tbody',
        { class: 'govuk-table__body' },
        ...rows.map((cells) =>
          element('tr', { class: 'govuk-table__row' }, ...cells.map((cell) => element('td', { class: 'govuk-table__cell' }, cell))),
        ),
      ),
    ),
  );

export const button = (text: string, onClick: () => void, kind = ''): HTMLButtonElement => {
  const node = element('button', { type: 'button', class: `govuk-button ${kind}`.trim(), 'data-module': 'govuk-button' }, text);
  node.addEventListener('click', onClick);
  return node;
};

export const details = (summary: string, ...children: readonly Child[]): HTMLElement =>
  element(
    'details',
    { class: 'govuk-details' },
    element('summary', { class: 'govuk-details__summary' }, element('span', { class: 'govuk-details__summary-text' }, summary)),
    element('div', { class: 'govuk-details__text' }, ...children),
  );

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

/** As wide as lines are read easily. */
export const twoThirds = (...children: readonly Child[]): HTMLElement =>
  element('div', { class: 'govuk-grid-row' }, element('div', { class: 'govuk-grid-column-two-thirds' }, ...children));

export const insetText = (...children: readonly Child[]): HTMLElement => element('div', { class: 'govuk-inset-text' }, ...children);

export const bulletList = (items: readonly Child[]): HTMLElement =>
  element('ul', { class: 'govuk-list govuk-list--bullet' }, ...items.map((item) => element('li', {}, item)));

/**
 * On a small screen each row stands on its own, every cell under its column's name. What is laid out as blocks is no table
 * to a browser any more: the roles say that it still is.
 */
export const table = (caption: string, columns: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement =>
  element(
    'table',
    { class: 'govuk-table sf-table', role: 'table' },
    element('caption', { class: 'govuk-table__caption govuk-table__caption--m' }, caption),
    element(
      'thead',
      { class: 'govuk-table__head', role: 'rowgroup' },
      element(
        'tr',
        { class: 'govuk-table__row', role: 'row' },
        ...columns.map((name) => element('th', { class: 'govuk-table__header', scope: 'col', role: 'columnheader' }, name)),
      ),
    ),
    element(
      'tbody',
      { class: 'govuk-table__body', role: 'rowgroup' },
      ...rows.map((cells) =>
        element(
          'tr',
          { class: 'govuk-table__row', role: 'row' },
          ...cells.map((cell, index) =>
            element(
              'td',
              { class: 'govuk-table__cell', role: 'cell' },
              // Seen only; a screen reader says the column's name by itself.
              element('span', { class: 'sf-table-label', 'aria-hidden': 'true' }, columns[index]),
              cell,
            ),
          ),
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

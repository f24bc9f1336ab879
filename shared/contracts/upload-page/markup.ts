export type Child<Node> = Node | string | undefined;

/** Makes one element; text goes in as text, so nothing that a file or a service says can become markup. */
export type MakeElement<Node> = (tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Child<Node>[]) => Node;

/**
 * The design system's components as the upload page uses them, once for both doors: the page makes nodes of its document,
 * the door without scripts makes text.
 */
export const markup = <Node>(element: MakeElement<Node>) => {
  const paragraph = (...children: readonly Child<Node>[]): Node => element('p', { class: 'govuk-body' }, ...children);
  const strong = (text: string): Node => element('strong', {}, text);
  const linkTo = (text: string, target: string): Node => element('a', { href: `#${target}` }, text);
  return {
    element,
    paragraph,
    strong,
    heading: (text: string): Node => element('h1', { class: 'govuk-heading-l', tabindex: '-1' }, text),
    subheading: (text: string): Node => element('h2', { class: 'govuk-heading-m' }, text),

    summaryList: (rows: readonly (readonly [string, Child<Node>])[]): Node =>
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
      ),

    /** As wide as lines are read easily. */
    twoThirds: (...children: readonly Child<Node>[]): Node =>
      element('div', { class: 'govuk-grid-row' }, element('div', { class: 'govuk-grid-column-two-thirds' }, ...children)),

    insetText: (...children: readonly Child<Node>[]): Node => element('div', { class: 'govuk-inset-text' }, ...children),

    bulletList: (items: readonly Child<Node>[]): Node =>
      element('ul', { class: 'govuk-list govuk-list--bullet' }, ...items.map((item) => element('li', {}, item))),

    buttonGroup: (...children: readonly Child<Node>[]): Node => element('div', { class: 'govuk-button-group' }, ...children),

    details: (summary: string, ...children: readonly Child<Node>[]): Node =>
      element(
        'details',
        { class: 'govuk-details' },
        element('summary', { class: 'govuk-details__summary' }, element('span', { class: 'govuk-details__summary-text' }, summary)),
        element('div', { class: 'govuk-details__text' }, ...children),
      ),

    panel: (title: string, reference: string): Node =>
      element(
        'div',
        { class: 'govuk-panel govuk-panel--confirmation sf-panel' },
        element('h1', { class: 'govuk-panel__title', tabindex: '-1' }, title),
        element('div', { class: 'govuk-panel__body' }, 'Your reference', element('br', {}), strong(reference)),
      ),

    /**
     * On a small screen each row stands on its own, every cell under its column's name. What is laid out as blocks is no table
     * to a browser any more: the roles say that it still is.
     */
    table: (caption: string, columns: readonly string[], rows: readonly (readonly Child<Node>[])[]): Node =>
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
      ),

    /** What is wrong, each with a link to where it can be put right. `autofocus`: the browser goes there, where no script does. */
    errorSummary: (
      items: readonly { readonly text: string; readonly target: string }[],
      { link = linkTo, autofocus = false }: { readonly link?: (text: string, target: string) => Node; readonly autofocus?: boolean } = {},
    ): Node =>
      element(
        'div',
        { class: 'govuk-error-summary', tabindex: '-1', ...(autofocus && { autofocus: '' }) },
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
              ...items.map(({ text, target }) => element('li', {}, link(text, target))),
            ),
          ),
        ),
      ),

    /** Label, hint, what is wrong, and the field, which `describedBy` names these in. */
    formGroup: ({ id, label, hint, error }: Field<Node>, field: Node): Node =>
      element(
        'div',
        { class: error === undefined ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error' },
        element('label', { class: 'govuk-label govuk-label--m', for: id }, label),
        element('div', { class: 'govuk-hint', id: `${id}-hint` }, hint),
        error === undefined
          ? undefined
          : element(
              'p',
              { id: `${id}-error`, class: 'govuk-error-message' },
              element('span', { class: 'govuk-visually-hidden' }, 'Error:'),
              ` ${error}`,
            ),
        field,
      ),
  };
};
export type Markup<Node> = ReturnType<typeof markup<Node>>;

export interface Field<Node> {
  readonly id: string;
  readonly label: string;
  readonly hint: Child<Node>;
  /** What is wrong with what was given before. */
  readonly error: string | undefined;
}

/** For the `aria-describedby` of the field. */
export const describedBy = ({ id, error }: Pick<Field<unknown>, 'id' | 'error'>): string =>
  error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`;

import { element } from './element.ts';

interface Field {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** What is wrong with what was given before. */
  readonly error: string | undefined;
}

/** For the `aria-describedby` of the field. */
export const describedBy = ({ id, error }: Pick<Field, 'id' | 'error'>): string =>
  error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`;

/** The design system's form group: label, hint, what is wrong, and the field. */
export const formGroup = ({ id, label, hint, error }: Field, field: HTMLElement): HTMLElement =>
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
  );

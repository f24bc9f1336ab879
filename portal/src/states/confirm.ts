import type { Question as Words } from '#shared/contracts/upload-page/questions.ts';
import { button, element, heading, paragraph, twoThirds } from '../page/element.ts';
import type { PageState } from '../page/page-state.ts';
import { show } from '../page/show.ts';

export interface Question extends Words {
  readonly state: Extract<PageState, 'confirm-withdrawal' | 'confirm-nil-return'>;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before something that matters is done. */
export const showConfirm = ({ state, title, text, yes, no, onYes, onNo }: Question): void =>
  show(
    state,
    title,
    twoThirds(
      heading(title),
      ...text.map((words) => paragraph(words)),
      element(
        'div',
        { class: 'govuk-button-group' },
        button(yes, onYes, state === 'confirm-withdrawal' ? 'govuk-button--warning' : ''),
        button(no, onNo, 'govuk-button--secondary'),
      ),
    ),
  );

import type { Question } from '#shared/contracts/upload-page/questions.ts';
import { htmlPage as page } from '#shared/platform/http/html-element.ts';
import { formTo, layout, linkButton, submit, type Layout } from './layout.ts';

interface QuestionPage extends Pick<Layout, 'council'> {
  readonly state: 'confirm-withdrawal' | 'confirm-nil-return';
  readonly question: Question;
  readonly seal: string;
  /** Where a yes goes, and where a no. */
  readonly action: string;
  readonly back: string;
}

/** Asks before something that matters is done. */
export const questionPage = ({ state, question: { title, text, yes, no }, council, seal, action, back }: QuestionPage): string =>
  layout({
    state,
    title,
    council,
    seal,
    content: [
      page.twoThirds(
        page.heading(title),
        ...text.map((words) => page.paragraph(words)),
        page.buttonGroup(
          formTo(action, { seal }, submit(yes, state === 'confirm-withdrawal' ? 'govuk-button--warning' : '')),
          linkButton(no, back),
        ),
      ),
    ],
  });

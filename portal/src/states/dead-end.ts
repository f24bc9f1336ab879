import { filesAreSafe, linkProblem, unavailable } from '#shared/contracts/upload-page/opening.ts';
import { button, element, heading, paragraph, twoThirds } from '../page/element.ts';
import { show } from '../page/show.ts';

export const showLoading = (): void =>
  show('loading', 'Opening your link', twoThirds(heading('Opening your link'), paragraph('One moment.')));

export const showNoLink = (): void =>
  show(
    'no-link',
    'You need a link to send a file',
    twoThirds(
      heading('You need a link to send a file'),
      paragraph(
        'Open this page with the whole link that the council sent you. If you typed or copied it, check that nothing is missing after the # sign.',
      ),
    ),
  );

export const isLinkProblem = (code: string): boolean => linkProblem(code) !== undefined;

export const showLinkUnusable = (code: string): void => {
  const [title, text] = linkProblem(code) ?? [
    'This link does not work',
    'Ask the person at the council who gave you the link for a new one.',
  ];
  show('link-unusable', title, twoThirds(heading(title), paragraph(text), paragraph(filesAreSafe)));
};

/** The file did not get through; nothing of it was taken. */
export const showSendFailed = (text: string, onAgain: () => void, onAnother: () => void): void =>
  show(
    'send-failed',
    'The selected file could not be uploaded – try again',
    twoThirds(
      heading('The selected file could not be uploaded – try again'),
      paragraph(text),
      element(
        'div',
        { class: 'govuk-button-group' },
        button('Try again', onAgain),
        button('Choose another file', onAnother, 'govuk-button--secondary'),
      ),
    ),
  );

export const showUnavailable = (onAgain: () => void): void =>
  show('unavailable', unavailable.title, twoThirds(heading(unavailable.title), paragraph(unavailable.text), button('Try again', onAgain)));

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

const reasons: Readonly<Record<string, readonly [title: string, text: string]>> = {
  'link-expired': ['This link has expired', 'Ask the person at the council who gave you the link for a new one.'],
  'link-revoked': ['This link has been withdrawn', 'The council has withdrawn it. Ask the person who gave you the link what to do.'],
  'agreement-ended': [
    'The agreement behind this link has ended',
    'Nothing can be sent under it any more. Ask the person at the council who gave you the link whether there is a new agreement.',
  ],
  'link-used-up': [
    'This link has been used up',
    'As many files as were agreed have been sent through it. Ask the person at the council who gave you the link for a new one.',
  ],
};

export const isLinkProblem = (code: string): boolean => code in reasons;

export const showLinkUnusable = (code: string): void => {
  const [title, text] = reasons[code] ?? ['This link does not work', 'Ask the person at the council who gave you the link for a new one.'];
  show('link-unusable', title, twoThirds(heading(title), paragraph(text), paragraph('Files you have sent before are safe.')));
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
  show(
    'unavailable',
    'Sorry, there is a problem with the service',
    twoThirds(
      heading('Sorry, there is a problem with the service'),
      paragraph('Try again in a few minutes. Files you have sent before are safe.'),
      button('Try again', onAgain),
    ),
  );

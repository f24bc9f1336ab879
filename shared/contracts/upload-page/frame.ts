/** What stands round every page of the upload page, at both doors. */
export const serviceName = 'Send a file to Stronger Families';
export const titleOf = (title: string): string => `${title} – Stronger Families`;
export const footer =
  'Send only what the agreement names. If you cannot send the file here, tell the person at the council who gave you the link. Do not send it by e-mail.';

/** Where the door without scripts is, under the page's own origin. */
export const formPath = '/form';

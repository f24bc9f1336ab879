/** What is said where a link is opened. */
export const codeField = { label: 'Your code', hint: '8 digits, for example 4821 9034' } as const;
export const codeTitle = 'Enter the code for this link';
export const codeGiven = 'The council has given you a code, separately from the link: by phone, or in another message.';
export const codeMissing = 'Enter the 8 digits of your code';
export const openAgain = 'Type your code again: some time has passed since you opened the link';

/** Whether it has the form of a code; whether it is the code, only the service knows. */
export const isCode = (typed: string): boolean => /^\d{8}$/.test(typed.replaceAll(/[\s-]/gu, ''));

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

/** Why a link cannot be used, by the problem's code; undefined for a problem that is none of the link. */
export const linkProblem = (code: string): readonly [title: string, text: string] | undefined => reasons[code];

export const filesAreSafe = 'Files you have sent before are safe.';
export const unavailable = {
  title: 'Sorry, there is a problem with the service',
  text: `Try again in a few minutes. ${filesAreSafe}`,
} as const;

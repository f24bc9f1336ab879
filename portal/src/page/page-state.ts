/** Every state the page can be in; each has an accessibility test. */
export const pageStates = [
  'loading',
  'enter-code',
  'enter-code-error',
  'choose-file',
  'choose-file-error',
  'reading-file',
  'repairs',
  'check-passed',
  'check-problems',
  'sending',
  'checking',
  'completed',
  'refused',
  'already-received',
  'no-link',
  'link-unusable',
  'send-failed',
  'unavailable',
] as const;
export type PageState = (typeof pageStates)[number];

import { element } from './element.ts';

/** Gives the browser a file that was made here to save. */
export const download = (name: string, content: Blob): void => {
  const url = URL.createObjectURL(content);
  element('a', { href: url, download: name }).click();
  URL.revokeObjectURL(url);
};

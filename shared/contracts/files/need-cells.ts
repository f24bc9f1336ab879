import { nominatedNeeds } from '../../domain/feeds/nominated-needs.ts';
import { cell, type Cell } from './cell.ts';

/** `SF.5.2`, `sf 5.2` and `5.2` are one need; undefined where there is no such need. */
const needOf = (text: string): string | undefined => {
  const number = /^(?:SF)?[ .]?(\d{1,2}\.\d)$/i.exec(text.trim())?.[1];
  return nominatedNeeds.find((id) => id === `SF.${number ?? ''}`);
};

/** Needs of the ten headings by their numbers, each once, in the framework's order. */
export const needIds: Cell<readonly string[] | undefined> = cell({
  format: 'Numbers of needs of the ten headings, with a semicolon between them',
  example: 'SF.5.2; SF.3.1',
  read: (raw) => {
    const texts = raw.split(/[;,]/).filter((each) => each.trim() !== '');
    const found = texts.map(needOf);
    if (found.includes(undefined))
      return {
        fault: {
          code: 'need-unknown',
          message: 'A need is named that the ten headings do not have',
          fix: 'Write each need by its number, like SF.5.2, with a semicolon between two.',
          emptyIf: 'you only know the heading',
        },
      };
    return { value: texts.length === 0 ? undefined : nominatedNeeds.filter((id) => found.includes(id)) };
  },
});

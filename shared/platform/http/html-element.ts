import { markup } from '../../contracts/upload-page/markup.ts';

/** Markup that was made here: whatever came from outside has been escaped on its way in. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

/** Elements that have no content and no end. */
const empty: ReadonlySet<string> = new Set(['br', 'input', 'link', 'meta']);
const name = /^[a-z][a-z0-9-]*$/;

const checkedName = (text: string): string => {
  if (!name.test(text)) throw new TypeError('a name that is none of HTML');
  return text;
};

export type HtmlChild = Html | string | undefined;

/** One element as text. A string among the children is text and never markup. */
export const htmlElement = (tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly HtmlChild[]): Html => {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${checkedName(attribute)}="${escaped(value)}"`);
  const start = `<${checkedName(tag)}${written.join('')}>`;
  if (empty.has(tag)) return new Html(start);
  const content = children.map((child) => (child instanceof Html ? child.text : escaped(child ?? '')));
  return new Html(`${start}${content.join('')}</${tag}>`);
};

/** The components that both doors share, as text. */
export const htmlPage = markup<Html>(htmlElement);

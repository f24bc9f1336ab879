import { markup, type Child as ChildOf } from '#shared/contracts/upload-page/markup.ts';

export type Child = ChildOf<HTMLElement>;

/** Makes an element; text goes in as text, so nothing a file or a server says can become markup. */
export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => {
  const node = document.createElement(tag);
  fill(node, attributes, children);
  return node;
};

const fill = (node: HTMLElement, attributes: Readonly<Record<string, string>>, children: readonly Child[]): void => {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child): child is HTMLElement | string => child !== undefined));
};

/** The components that both doors share, as nodes of this document. */
export const page = markup<HTMLElement>((tag, attributes, ...children) => {
  const node = document.createElement(tag);
  fill(node, attributes, children);
  return node;
});
export const { heading, subheading, paragraph, strong, summaryList, twoThirds, insetText, bulletList, table, details } = page;

export const button = (text: string, onClick: () => void, kind = ''): HTMLButtonElement => {
  const node = element('button', { type: 'button', class: `govuk-button ${kind}`.trim(), 'data-module': 'govuk-button' }, text);
  node.addEventListener('click', onClick);
  return node;
};

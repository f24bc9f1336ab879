import { footer, formPath, serviceName, titleOf } from '#shared/contracts/upload-page/frame.ts';
import type { Html } from '#shared/platform/http/html-element.ts';
import { htmlElement as element, htmlPage as page, type HtmlChild } from '#shared/platform/http/html-element.ts';

export interface Layout {
  /** Which page it is; each has an accessibility test. */
  readonly state: FormPage;
  readonly title: string;
  readonly council: string;
  /** Of the session, where a link is open: then there is a way to close it. */
  readonly seal?: string | undefined;
  readonly content: readonly HtmlChild[];
}

/** Every page of the door without scripts. */
export const formPages = [
  'open',
  'open-error',
  'link',
  'send',
  'form-over',
  'sent',
  'checking',
  'held',
  'completed',
  'refused',
  'withdrawn',
  'confirm-withdrawal',
  'confirm-nil-return',
  'link-unusable',
  'problem',
] as const;
export type FormPage = (typeof formPages)[number];

/** A whole document, as `portal/src/index.html` but for the script. */
export const layout = ({ state, title, council, seal, content }: Layout): string => {
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('title', {}, titleOf(title)),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1, viewport-fit=cover' }),
    element('meta', { name: 'robots', content: 'noindex, nofollow' }),
    element('meta', { name: 'theme-color', content: '#0b4f6c' }),
    element('link', { rel: 'icon', href: 'data:,' }),
    element('link', { rel: 'stylesheet', href: '/app.css' }),
  );
  const body = element(
    'body',
    { class: 'govuk-template__body' },
    element('a', { href: '#main-content', class: 'govuk-skip-link' }, 'Skip to main content'),
    element('header', {}, councilBar(council), serviceBar()),
    element(
      'div',
      { class: 'govuk-width-container' },
      element('main', { class: 'govuk-main-wrapper', id: 'main-content', 'data-state': state }, ...content),
    ),
    element(
      'footer',
      { class: 'govuk-footer sf-footer' },
      element(
        'div',
        { class: 'govuk-width-container' },
        element('p', { class: 'govuk-body-s' }, footer),
        seal === undefined
          ? undefined
          : formTo(`${formPath}/close`, { seal }, submit('Close this link on this computer', 'govuk-button--secondary sf-small-button')),
      ),
    ),
  );
  return `<!doctype html>${element('html', { lang: 'en-GB', class: 'govuk-template' }, head, body).text}`;
};

const councilBar = (council: string): Html =>
  element(
    'div',
    { class: 'govuk-generic-header sf-header' },
    element(
      'div',
      { class: 'govuk-generic-header__container govuk-width-container' },
      element('div', { class: 'govuk-generic-header__logo' }, element('span', { class: 'sf-council' }, council)),
    ),
  );

const serviceBar = (): Html =>
  element(
    'section',
    { 'aria-label': 'Service information', class: 'govuk-service-navigation' },
    element(
      'div',
      { class: 'govuk-width-container' },
      element(
        'div',
        { class: 'govuk-service-navigation__container' },
        element(
          'span',
          { class: 'govuk-service-navigation__service-name' },
          element('span', { class: 'govuk-service-navigation__text' }, serviceName),
        ),
      ),
    ),
  );

export const submit = (text: string, kind = ''): Html => element('button', { type: 'submit', class: `govuk-button ${kind}`.trim() }, text);

/** A form of this site that changes something. */
export const formTo = (action: string, hidden: Readonly<Record<string, string>>, ...children: readonly HtmlChild[]): Html =>
  element(
    'form',
    { action, method: 'post', novalidate: '' },
    ...Object.entries(hidden).map(([name, value]) => element('input', { type: 'hidden', name, value })),
    ...children,
  );

/** Looks like a button and goes to another page. */
export const linkButton = (text: HtmlChild, href: string, kind = 'govuk-button--secondary', unseen?: Html): Html =>
  element('a', { href, role: 'button', draggable: 'false', class: `govuk-button ${kind}`.trim() }, text, unseen);

export const filePath = (uploadId: string, more = ''): string => `${formPath}/files/${uploadId}${more}`;

/** To where a file is chosen. */
export const sendAnother = (text: string, seal: string, kind = 'govuk-button--secondary'): Html =>
  formTo(`${formPath}/files`, { seal }, submit(text, kind));

export const backToLink = (): Html =>
  page.paragraph(element('a', { class: 'govuk-link', href: `${formPath}/link` }, 'Back to what is asked for'));

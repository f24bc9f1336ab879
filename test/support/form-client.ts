/** A browser without scripts, as far as it matters: keeps its cookie, sends forms, follows where it is sent. */
export interface FormClient {
  readonly get: (path: string) => Promise<FormResponse>;
  readonly post: (
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<FormResponse>;
  readonly open: (typed: string, code: string) => Promise<FormResponse>;
  /** Asks for a place for a file; its page. */
  readonly start: (replaces?: string) => Promise<FormResponse & { readonly uploadId: string }>;
  /** `name=value` of what the browser keeps; empty: nothing. */
  readonly cookie: () => string;
}

interface FormResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface ReadForm {
  readonly action: string;
  readonly fields: readonly (readonly [string, string])[];
}

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A form of a page: where it goes, and its unseen fields. */
export const formIn = (html: string, isWanted: (action: string) => boolean): ReadForm => {
  for (const [, attributes = '', content = ''] of html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const action = unescaped(/action="([^"]*)"/.exec(attributes)?.[1] ?? '');
    if (!isWanted(action)) continue;
    const fields = [...content.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    return { action, fields: fields.map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]) };
  }
  throw new Error('the page has no such form');
};

export const sealIn = (html: string): string =>
  formIn(html, (action) => action === '/form/close').fields.find(([name]) => name === 'seal')?.[1] ?? '';

export const formClient = (origin: string): FormClient => {
  let cookie = '';
  const ask = async (path: string, init: RequestInit): Promise<FormResponse> => {
    const headers = { ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(`${origin}${path}`, { ...init, headers, redirect: 'manual' });
    const set = response.headers.get('set-cookie');
    if (set !== null) cookie = /^[^=]+=;/.test(set) ? '' : (set.split(';')[0] ?? '');
    const location = response.headers.get('location');
    const text = await response.text();
    return response.status === 303 && location !== null
      ? ask(location, { method: 'GET' })
      : { status: response.status, headers: response.headers, text };
  };
  const client: FormClient = {
    get: (path) => ask(path, { method: 'GET' }),
    post: (path, fields, headers = {}) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { 'sec-fetch-site': 'same-origin', ...headers } }),
    open: (link, code) => client.post('/form/open', { link, code }),
    start: async (replaces) => {
      const seal = sealIn((await client.get('/form/link')).text);
      const page = await client.post('/form/files', { seal, ...(replaces !== undefined && { replaces }) });
      return { ...page, uploadId: /href="\/form\/files\/([0-9A-Z]{26})"/.exec(page.text)?.[1] ?? '' };
    },
    cookie: () => cookie,
  };
  return client;
};

/** Sends a file by the form of a page, as a browser does: its fields in their order, then the file. */
export const sendByForm = ({ action, fields }: ReadForm, file: Uint8Array | string): Promise<Response> => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  form.append('file', new Blob([Buffer.from(file)]), 'file.csv');
  return fetch(action, { method: 'POST', body: form, redirect: 'manual' });
};

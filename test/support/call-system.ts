import { request } from 'node:http';
import type { ApiCall } from './api-call.ts';

export interface SystemAnswer {
  readonly url: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Undefined where the text is no JSON. */
  readonly json: unknown;
}

const inUrl = (text: string): string => encodeURIComponent(text.toWellFormed());
/** Leaves a path as it is, but for what may not stand in the first line of a request. */
const pathInUrl = (path: string): string => path.toWellFormed().replaceAll(/[^\u0021-\u007e]|[#?]/g, inUrl);

/** What HTTP can carry in a header: others never leave the sender. */
const canBeSent = ([name, value]: readonly [string, string]): boolean =>
  /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value);

/** One request over HTTP, exactly as it is given: paths, headers and bodies that a careful client would never send, too. */
export const callSystem = (baseUrl: string, { method = 'GET', path, headers = {}, query, body }: ApiCall): Promise<SystemAnswer> => {
  const search = Object.entries(query ?? {}).map(([name, value]) => `${inUrl(name)}=${inUrl(value)}`);
  const { hostname, port, pathname } = new URL(baseUrl);
  const target = `${pathname === '/' ? '' : pathname}${pathInUrl(path)}${search.length === 0 ? '' : `?${search.join('&')}`}`;
  const sent = body === undefined ? undefined : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const allHeaders = Object.entries({
    ...(sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(sent.byteLength) }),
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  }).filter(canBeSent);
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, path: target, method, headers: Object.fromEntries(allHeaders) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          url: `${baseUrl}${target}`,
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
          text,
          json: parsed(text),
        });
      });
    });
    call.on('error', reject);
    call.end(sent);
  });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

import type { MiddlewareObj } from '@middy/core';
import { pageAnswerSchema, type PageAnswer } from '../../contracts/http/form-routes.ts';
import { problems } from '../../contracts/http/problems.ts';
import type { ApiEvent } from './api-event.ts';
import type { ErrorAnswer, HttpAnswer } from './error-answer.ts';
import type { Medium } from './medium.ts';
import { Problem } from './problem.ts';

/** The `__Host-` keeps every other host, and every other path's writer, from setting it. */
const cookieName = '__Host-link';
const cookieRules = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Bytes of a form's fields; files do not come this way. */
const largestBody = 8 * 1024;

/** Nothing of a page may run, be framed, be kept or tell where it came from. */
const fixed: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const policy = (sendsTo?: string): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    // The empty icon, which spares a request.
    'img-src data:',
    ['form-action', "'self'", ...(sendsTo === undefined ? [] : [sendsTo])].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const page = (statusCode: number, html: string, sendsTo?: string): HttpAnswer => ({
  statusCode,
  headers: { ...fixed, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy(sendsTo) },
  body: html,
});

const success = (answer: PageAnswer): HttpAnswer => {
  switch (answer.kind) {
    case 'page':
      return page(200, answer.html, answer.sendsTo);
    case 'see-other': {
      const { session, to } = answer;
      const cookie = session && `${cookieName}=${session.value}; ${cookieRules}; Expires=${new Date(session.until).toUTCString()}`;
      return {
        statusCode: 303,
        headers: { ...fixed, 'Content-Security-Policy': policy(), Location: to, ...(cookie !== undefined && { 'Set-Cookie': cookie }) },
        body: '',
      };
    }
    case 'download':
      return {
        statusCode: 200,
        headers: {
          ...fixed,
          'Content-Security-Policy': `${policy()}; sandbox`,
          'Content-Type': `${answer.mediaType}; charset=utf-8`,
          'Content-Disposition': `attachment; filename="${answer.name}"`,
        },
        body: answer.text,
      };
  }
};

const sessionIn = (cookies: string | undefined): string =>
  (cookies ?? '')
    .split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1) ?? '';

/**
 * A form's fields as an object, and the session out of the cookie, which no field can stand for. A form that another site's
 * page sends is refused where the browser says so; that it was made here, its seal says.
 */
const readForm = (origin: string): MiddlewareObj<ApiEvent> => ({
  before: ({ event }) => {
    const session = sessionIn(event.headers['cookie']);
    if (event.httpMethod === 'GET') {
      event.body = { session };
      return;
    }
    const { origin: from = 'null', 'sec-fetch-site': site = 'same-origin' } = event.headers;
    // Our own pages tell nobody where they are, so a browser sends `null` for them.
    if (site !== 'same-origin' || (from !== 'null' && from !== origin)) throw new Problem('forbidden');
    if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(event.headers['content-type'] ?? ''))
      throw new Problem('unsupported-media-type');
    const { body } = event;
    if (body !== null && typeof body !== 'string') throw new Problem('malformed-body');
    const text = event.isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');
    if (Buffer.byteLength(text) > largestBody) throw new Problem('body-too-large');
    const fields = [...new URLSearchParams(text)];
    if (new Set(fields.map(([name]) => name)).size < fields.length) throw new Problem('malformed-body');
    event.body = Object.fromEntries([...fields, ['session', session]]);
  },
});

/** Forms of this origin in, pages out. `showProblem` makes the page for what could not be done; the fields are those that were sent, if any. */
export const pageMedium = (
  origin: string,
  showProblem: (problem: ErrorAnswer, sent: Readonly<Record<string, string>>, correlationId: string) => string,
): Medium => ({
  headers: [],
  readBody: (pipeline) => pipeline.use(readForm(origin)),
  success: ({ body }) => success(pageAnswerSchema.parse(body)),
  problem: (answer, correlationId, { body }) => {
    const { statusCode, headers, ...rest } = page(problems[answer.code].status, showProblem(answer, fieldsOf(body), correlationId));
    const retryAfter = problems[answer.code];
    return {
      statusCode,
      headers: { ...headers, ...answer.headers, ...('retryAfter' in retryAfter ? { 'Retry-After': String(retryAfter.retryAfter) } : {}) },
      ...rest,
    };
  },
});

const fieldsOf = (body: unknown): Readonly<Record<string, string>> =>
  typeof body === 'object' && body !== null
    ? Object.fromEntries(Object.entries(body).filter((field): field is [string, string] => typeof field[1] === 'string'))
    : {};

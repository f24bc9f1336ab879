import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpSecurityHeaders from '@middy/http-security-headers';
import { bodyLimits } from './body-limits.ts';
import { problemAnswer, type HttpAnswer } from './error-answer.ts';
import type { Answer } from './handle.ts';
import type { Medium } from './medium.ts';

const success = ({ status, body, etag, location }: Answer): HttpAnswer => ({
  statusCode: status,
  headers: {
    'Content-Type': 'application/json',
    ...(etag === undefined ? {} : { ETag: `"${String(etag)}"` }),
    ...(location === undefined ? {} : { Location: location }),
  },
  body: JSON.stringify(body),
});

/** What an API needs of them: nothing may be framed, sniffed, cached or run. */
const fixedHeaders = httpSecurityHeaders({
  contentSecurityPolicy: {
    'default-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    sandbox: '',
    'report-to': '',
    'require-trusted-types-for': '',
  },
  strictTransportSecurity: { maxAge: 2 * 365 * 24 * 60 * 60, includeSubDomains: true, preload: false },
  permissionsPolicy: false,
  reportTo: false,
  reportingEndpoints: false,
});

const noStore = (request: { response: HttpAnswer | null | undefined }): void => {
  if (request.response) request.response.headers['Cache-Control'] = 'no-store';
};

/** JSON in, JSON or a problem of the catalogue out. */
export const jsonMedium: Medium = {
  headers: [fixedHeaders, { after: noStore, onError: noStore }],
  readBody: (pipeline) => pipeline.use([bodyLimits, httpJsonBodyParser()]),
  success,
  problem: problemAnswer,
};

import type { MiddlewareObj } from '@middy/core';
import type { ApiEvent } from './api-event.ts';
import { nestingDepth } from './json-nesting.ts';
import { Problem } from './problem.ts';

/** Bytes of a request body, as much as the firewall inspects; files do not come this way. */
const largestBody = 64 * 1024;
const deepestBody = 16;

/** Refuses what would be work to parse before anything parses it. */
export const bodyLimits: MiddlewareObj<ApiEvent> = {
  before: ({ event }) => {
    const { body } = event;
    if (typeof body !== 'string' || body === '') throw new Problem('malformed-body', { detail: 'Send a JSON object as the body.' });
    // Base64 is a third longer than what it stands for.
    const bytes = event.isBase64Encoded ? Math.floor((body.length * 3) / 4) : Buffer.byteLength(body);
    if (bytes > largestBody) throw new Problem('body-too-large');
    const text = event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
    if (nestingDepth(text) > deepestBody) throw new Problem('malformed-body');
  },
};

import type { Grant, OpenedLink, PortalUploads } from '#shared/contracts/http/portal-routes.ts';

/** An answer of the service: what was asked for, or the problem's code with its own words. */
export type Answer<Body> =
  | { readonly ok: true; readonly body: Body }
  | {
      readonly ok: false;
      readonly code: string;
      readonly title: string;
      readonly detail: string;
      readonly problem: Readonly<Record<string, unknown>>;
    };

const noAnswer = { ok: false, code: 'no-answer', title: '', detail: '', problem: {} } as const;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * The portal's routes (`shared/contracts/http/portal-routes.ts`), same-origin. The service filters its answers through the same
 * schemas, so the page takes their types as given and does not carry the validator.
 */
const ask = async <Body>(path: string, body: Readonly<Record<string, unknown>>): Promise<Answer<Body>> => {
  try {
    const response = await fetch(`/api/v1/portal/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    const answer: unknown = await response.json();
    if (response.ok) return { ok: true, body: answer as Body };
    if (!isRecord(answer)) return noAnswer;
    return { ok: false, code: text(answer['code']), title: text(answer['title']), detail: text(answer['detail']), problem: answer };
  } catch {
    return noAnswer;
  }
};

export interface PortalClient {
  readonly open: () => Promise<Answer<OpenedLink>>;
  readonly grant: (file: { sha256: string; size: number }) => Promise<Answer<Grant>>;
  readonly uploads: (rowErrorsOf?: { uploadId: string; limit?: number; cursor?: string }) => Promise<Answer<PortalUploads>>;
}

export const portalClient = (token: string): PortalClient => ({
  open: () => ask('link', { token }),
  grant: ({ sha256, size }) => ask('grants', { token, sha256, size, contentType: 'text/csv' }),
  uploads: (rowErrorsOf) => ask('uploads', { token, limit: 25, ...(rowErrorsOf && { rowErrorsOf }) }),
});

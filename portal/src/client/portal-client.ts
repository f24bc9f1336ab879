import type { SignedReceipt } from '#shared/domain/uploads/receipt.ts';
import type { QueryNote } from '#shared/domain/uploads/query-note.ts';
import type { Announced } from '#shared/domain/uploads/upload.ts';
import type { Grant, OpenedLink, PortalUpload, PortalUploads } from '#shared/contracts/http/portal-routes.ts';

/** An answer of the service: what was asked for, or the problem's code with its own words. */
type Answer<Body> =
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
  /** The code was right before, in this tab. */
  readonly hasCode: boolean;
  /** Everything else is asked with the session that this gave. Without a code: again, with the one that was right. */
  readonly open: (code?: string) => Promise<Answer<OpenedLink>>;
  readonly grant: (file: {
    sha256: string;
    size: number;
    announced: Announced;
    notes: readonly QueryNote[];
    replaces?: string | undefined;
  }) => Promise<Answer<Grant>>;
  /** What was said of odd rows of the last files; nothing where the service does not answer. */
  readonly rememberedNotes: () => Promise<readonly QueryNote[]>;
  /** Undoes all that the file did. */
  readonly withdraw: (uploadId: string) => Promise<Answer<PortalUpload>>;
  /** Signed once the file has been checked for viruses. */
  readonly receipt: (uploadId: string) => Promise<Answer<SignedReceipt>>;
  /** Nothing to report in the link's period. */
  readonly nilReturn: () => Promise<Answer<PortalUpload>>;
  readonly uploads: (rowErrorsOf?: { uploadId: string; limit?: number; cursor?: string }) => Promise<Answer<PortalUploads>>;
}

/** The code is kept for this tab, as the token is, so that a reload works. */
const storageKey = 'code';

export const portalClient = (token: string): PortalClient => {
  let code = sessionStorage.getItem(storageKey) ?? '';
  let session = '';
  return {
    hasCode: code !== '',
    open: async (given) => {
      code = given ?? code;
      const opened = await ask<OpenedLink>('link', { token, code });
      if (opened.ok) {
        session = opened.body.session;
        sessionStorage.setItem(storageKey, code);
      } else if (opened.code === 'link-not-found') sessionStorage.removeItem(storageKey);
      return opened;
    },
    grant: ({ notes, replaces, ...file }) =>
      ask('grants', {
        session,
        ...file,
        contentType: 'text/csv',
        ...(notes.length > 0 && { notes }),
        ...(replaces !== undefined && { replaces }),
      }),
    rememberedNotes: async () => {
      const page = await ask<PortalUploads>('uploads', { session, limit: 1, notes: true });
      return page.ok ? (page.body.notes ?? []) : [];
    },
    withdraw: (uploadId) => ask('withdrawals', { session, uploadId }),
    receipt: (uploadId) => ask('receipts', { session, uploadId }),
    nilReturn: () => ask('nil-returns', { session }),
    uploads: (rowErrorsOf) => ask('uploads', { session, limit: 25, ...(rowErrorsOf && { rowErrorsOf }) }),
  };
};

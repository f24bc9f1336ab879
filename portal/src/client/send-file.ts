import type { PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import type { QueryNote } from '#shared/domain/uploads/query-note.ts';
import type { PreparedFile } from '../check/check-messages.ts';
import type { PortalClient } from './portal-client.ts';
import { putFile } from './put-file.ts';

export type SendResult =
  | { readonly kind: 'sent'; readonly upload: PortalUpload }
  /** The service's own words: which file it has, and what to do, if anything. */
  | { readonly kind: 'already-received' | 'not-acceptable'; readonly message: string; readonly fix: string }
  /** A problem's code; `no-answer` where the service said nothing. */
  | { readonly kind: 'problem'; readonly code: string }
  | { readonly kind: 'not-sent'; readonly text: string };

const tries = 3;

const notSent = {
  network: 'The connection was lost while the file was being sent. Check your connection, then try again. Nothing has been counted twice.',
  altered: 'The file changed while it was being sent. Close it in other programs, then choose it again.',
  refused: 'The file store did not take the file. If this happens again, tell the person at the council who gave you the link.',
} as const;

/** What the service says about the file rather than about the link. */
const refusals: Readonly<Record<string, 'already-received' | 'not-acceptable'>> = {
  'file-already-received': 'already-received',
  'file-not-acceptable': 'not-acceptable',
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const firstError = ({ errors }: Readonly<Record<string, unknown>>): { readonly message: string; readonly fix: string } => {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return isRecord(first) ? { message: text(first['message']), fix: text(first['fix']) } : { message: '', fix: '' };
};

/** Without a network there is nothing to try: waits for it, so that a train in a tunnel costs no attempt. */
const backOnline = (say: (text: string) => void): Promise<void> =>
  new Promise((resolve) => {
    if (navigator.onLine) {
      resolve();
      return;
    }
    say('Paused: there is no network connection. Sending goes on by itself when it is back.');
    window.addEventListener('online', () => resolve(), { once: true });
  });

/** A heading as the receipt can have it: one short line; what could be somebody's address is not repeated. */
const columnLabel = (name: string): string =>
  name.includes('@') ? 'a column whose name is an e-mail address' : name.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 60);

const askBeforeLeaving = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Asks for a place, sends; asks for a fresh place and sends again where the network or the URL gave way. */
export const sendFile = async (
  client: PortalClient,
  {
    content,
    sha256,
    rows,
    chosen,
    droppedColumns,
    notes,
    replaces,
  }: PreparedFile & { readonly notes: readonly QueryNote[]; readonly replaces?: string | undefined },
  shown: { progress: (share: number) => void; say: (text: string) => void },
): Promise<SendResult> => {
  const announced = {
    chosen: { size: chosen.size, sha256: chosen.sha256 },
    rows,
    columnsNotSent: droppedColumns.map(columnLabel).slice(0, 500),
  };
  window.addEventListener('beforeunload', askBeforeLeaving);
  try {
    await backOnline(shown.say);
    for (let attempt = 1; ; attempt += 1) {
      const grant = await client.grant({ sha256, size: content.size, announced, notes, replaces });
      if (!grant.ok) {
        const kind = refusals[grant.code];
        return kind === undefined ? { kind: 'problem', code: grant.code } : { kind, ...firstError(grant.problem) };
      }
      const { url, headers, uploadId } = grant.body;
      const put = await putFile({ url, headers, content, onProgress: shown.progress });
      if (put.kind === 'stored' || put.kind === 'already-stored') {
        const page = await client.uploads();
        const upload = page.ok ? page.body.items.find((item) => item.uploadId === uploadId) : undefined;
        if (upload) return { kind: 'sent', upload };
        return page.ok ? { kind: 'problem', code: 'no-answer' } : { kind: 'problem', code: page.code };
      }
      if (attempt === tries || put.kind === 'altered' || put.kind === 'refused')
        return { kind: 'not-sent', text: notSent[put.kind === 'expired' ? 'network' : put.kind] };
      shown.say('The connection was lost. Trying again.');
      await backOnline(shown.say);
    }
  } finally {
    window.removeEventListener('beforeunload', askBeforeLeaving);
  }
};

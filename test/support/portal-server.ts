import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { feeds } from '#shared/contracts/files/feeds.ts';
import type { SignedReceipt } from '#shared/domain/uploads/receipt.ts';
import type {
  Grant,
  GrantRequest,
  OpenedLink,
  PortalUpload,
  PortalUploads,
  PortalUploadsRequest,
} from '#shared/contracts/http/portal-routes.ts';

/** Stands for the service behind the page: what each route answers next, and what the page asked. */
export interface PortalServer {
  readonly origin: string;
  readonly asked: { path: string; body: unknown }[];
  readonly stored: { body: Buffer; headers: IncomingMessage['headers'] }[];
  link: Reply<OpenedLink>;
  grant: (request: GrantRequest) => Reply<Grant>;
  uploads: (request: PortalUploadsRequest) => Reply<PortalUploads>;
  withdrawal: Reply<PortalUpload>;
  nilReturn: Reply<PortalUpload>;
  receipt: Reply<SignedReceipt>;
  put: { status: number; body: string } | 'drop';
  readonly stop: () => Promise<void>;
}

/** `never`: the connection stays open without an answer. */
type Reply<Body> =
  'never' | { status: 200 | 201; body: Body } | { status: number; problem: { code: string; title: string; [field: string]: unknown } };

const portalFiles = join(import.meta.dirname, '../../dist/portal');
const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** As the distribution sends it (infra/cdk); the file store is another origin there, here the same one. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

export const upload = (over: Partial<PortalUpload> = {}): PortalUpload => ({
  uploadId: '01K0000000000000000000000A',
  reference: 'SF-7Q4M-2XPT',
  state: 'granted',
  size: 2048,
  counts: { rows: 0, added: 0, changed: 0, unchanged: 0, refused: 0, ended: 0 },
  createdAt: '2026-11-02T09:30:00Z',
  updatedAt: '2026-11-02T09:30:00Z',
  ...over,
});

export const openedLink = (over: Partial<OpenedLink> = {}): OpenedLink => ({
  session: '01K0000000000000000000000B~1~1798736400000~v1.seal',
  sessionExpiresAt: '2026-11-02T19:30:00Z',
  council: 'Mossbank Council',
  agency: 'Northfield Academy',
  contactRole: 'Data manager',
  feed: {
    id: 'suspensions',
    version: 1,
    title: 'Suspensions and exclusions',
    rowMeaning: 'One row is one suspension or exclusion of one pupil.',
    kind: 'increment',
  },
  periodStart: '2026-09-01',
  periodEnd: '2026-10-31',
  agreement: {
    reference: 'DSA-2026-014',
    purposes: ['To find families who may be offered early help'],
    lawfulBasis: 'Public task (UK GDPR article 6(1)(e))',
    cohort: 'Pupils on roll, reception to year 11',
    frequency: 'half-termly',
    end: '2027-08-31',
    columns: feeds.suspensions.columns.map(({ name }) => name),
  },
  expiresAt: '2026-12-31T17:00:00Z',
  largestFile: 104857600,
  due: [
    {
      start: '2026-01-01',
      end: '2026-04-15',
      dueOn: '2026-04-29',
      state: 'came',
      cameOn: '2026-04-20',
      files: 1,
      quality: { complete: 1, valid: 0.984, heldBefore: 0.9 },
    },
    { start: '2026-04-16', end: '2026-07-31', dueOn: '2026-08-14', state: 'late', daysLate: 101, files: 0, quality: {} },
    { start: '2026-09-01', end: '2026-12-31', dueOn: '2027-01-14', state: 'awaited', files: 0, quality: {} },
  ],
  uploads: { items: [] },
  ...over,
});

export const signedReceipt: SignedReceipt = {
  receipt: {
    kind: 'receipt-for-a-file',
    version: 1,
    reference: 'SF-7Q4M-2XPT',
    uploadId: '01K0000000000000000000000A',
    council: 'Mossbank Council',
    sender: 'Northfield Academy',
    senderRole: 'Data manager',
    feed: 'suspensions',
    feedVersion: 1,
    agreement: 'DSA-2026-014',
    periodStart: '2026-09-01',
    periodEnd: '2026-10-31',
    sentAt: '2026-11-02T09:30:00.000Z',
    issuedAt: '2026-11-02T09:30:20.000Z',
    file: { size: 2048, sha256: 'a'.repeat(64) },
    statedBySender: { chosen: { size: 4096, sha256: 'b'.repeat(64) }, rows: 1, columnsNotSent: ['notes'] },
  },
  signature: { algorithm: 'ECDSA_SHA_256', keyId: 'c'.repeat(64), value: 'MEUCIQ==' },
};

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
};

const send = (response: ServerResponse, status: number, type: string, body: string | Buffer): void => {
  response.writeHead(status, { 'content-type': type, 'content-security-policy': contentSecurityPolicy, 'cache-control': 'no-store' });
  response.end(body);
};

const sendReply = (response: ServerResponse, reply: Reply<unknown>): void => {
  if (reply === 'never') return;
  if ('problem' in reply)
    send(response, reply.status, 'application/problem+json', JSON.stringify({ status: reply.status, detail: '', ...reply.problem }));
  else send(response, reply.status, 'application/json', JSON.stringify(reply.body));
};

export const startPortalServer = async (): Promise<PortalServer> => {
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = `http://127.0.0.1:${String(address.port)}`;
  const state: PortalServer = {
    origin,
    asked: [],
    stored: [],
    link: { status: 200, body: openedLink() },
    grant: () => ({
      status: 201,
      body: {
        uploadId: upload().uploadId,
        reference: upload().reference,
        url: `${origin}/bucket/q/x?X-Amz-Signature=abc`,
        method: 'PUT',
        headers: { 'content-type': 'text/csv', 'x-amz-checksum-sha256': 'x', 'if-none-match': '*' },
        expiresAt: '2026-11-02T09:35:00Z',
      },
    }),
    uploads: () => ({ status: 200, body: { items: [upload()] } }),
    withdrawal: { status: 200, body: upload({ state: 'withdrawn' }) },
    nilReturn: { status: 201, body: upload({ state: 'completed', nil: true }) },
    receipt: { status: 200, body: signedReceipt },
    put: { status: 200, body: '' },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', origin).pathname;
    const body = await read(request);
    if (path.startsWith('/bucket/')) {
      state.stored.push({ body, headers: request.headers });
      if (state.put === 'drop') return void request.socket.destroy();
      send(response, state.put.status, 'application/xml', state.put.body);
      return;
    }
    if (path.startsWith('/api/')) {
      const asked: unknown = JSON.parse(body.toString('utf8'));
      state.asked.push({ path, body: asked });
      if (path.endsWith('/link')) {
        sendReply(response, state.link);
        return;
      }
      if (path.endsWith('/grants')) {
        sendReply(response, state.grant(asked as GrantRequest));
        return;
      }
      if (path.endsWith('/withdrawals')) {
        sendReply(response, state.withdrawal);
        return;
      }
      if (path.endsWith('/receipts')) {
        sendReply(response, state.receipt);
        return;
      }
      if (path.endsWith('/nil-returns')) {
        sendReply(response, state.nilReturn);
        return;
      }
      sendReply(response, state.uploads(asked as PortalUploadsRequest));
      return;
    }
    const file = path === '/' ? 'index.html' : normalize(path).replace(/^\/+/, '');
    try {
      send(response, 200, types[extname(file)] ?? 'application/octet-stream', await readFile(join(portalFiles, file)));
    } catch {
      send(response, 404, 'text/plain', 'Not found');
    }
  };
  return state;
};

export const sha256Base64 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('base64');

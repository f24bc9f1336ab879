import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { agreementRoutes } from '#shared/contracts/http/agreement-routes.ts';
import { linkRoutes } from '#shared/contracts/http/link-routes.ts';
import type { PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import { uploadRoutes } from '#shared/contracts/http/upload-routes.ts';
import type { SampleFile } from '../sample-data/generate-sample-data.ts';
import { apiClient, everyPage, type ApiClient } from './api-client.ts';
import { readSentFile, sendPartnerFile, type GivenLink } from './send-partner-file.ts';

const [createAgreement, listAgreements] = agreementRoutes;
const [createLink] = linkRoutes;
const [listUploads, readUpload] = uploadRoutes;

export interface SentFile {
  readonly file: SampleFile;
  readonly upload: PortalUpload;
  /** It had been sent by an earlier run over the same data, and was not sent again. */
  readonly before: boolean;
}

export interface MainJob {
  readonly portalUrl: string;
  /** As a data officer. */
  readonly staff: ApiClient;
  readonly files: readonly SampleFile[];
  /** After every change: how many files are done, and rows read of how many. */
  readonly onProgress: (done: number, rowsRead: number) => void;
  /** Gives up after so long. */
  readonly timeoutSeconds: number;
}

const inWords = (agency: string): string =>
  agency
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

type LinkedFile = Pick<SampleFile, 'agency' | 'feed' | 'agreement' | 'periodStart' | 'periodEnd'>;

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** The agreements under which these files may be sent, made where they are not held yet: ids by reference. */
const agree = async (staff: ApiClient, files: readonly LinkedFile[]): Promise<ReadonlyMap<string, string>> => {
  const held = await everyPage((cursor) => staff(listAgreements, { query: { limit: 100, cursor } }));
  const known = new Map(held.map(({ reference, agreementId }) => [reference, agreementId]));
  for (const { agreement: reference, agency } of files) {
    if (known.has(reference)) continue;
    const own = [...new Set(files.filter(({ agreement }) => agreement === reference).map(({ feed }) => feed))];
    const { agreementId } = await staff(createAgreement, {
      headers: { 'idempotency-key': randomUUID() },
      body: {
        reference,
        agency,
        agencyName: inWords(agency),
        contactRole: 'Data manager',
        feeds: own.map((feed) => ({ feed, columns: feeds[feed].columns.map(({ name }) => name) })),
        cohort: 'Families who live in the borough',
        purposes: ['To find families who may be offered early help'],
        lawfulBasis: 'Public task (UK GDPR article 6(1)(e))',
        frequency: 'termly',
        start: day(-365),
        end: day(365),
      },
    });
    known.set(reference, agreementId);
  }
  return known;
};

/** A new link for a feed of an agreement: its address, with the secret behind the `#`, and its code. */
export const issueLink = async (
  staff: ApiClient,
  file: LinkedFile,
): Promise<GivenLink & { readonly formUrl: string; readonly typedCode: string }> => {
  const agreementId = (await agree(staff, [file])).get(file.agreement) ?? '';
  const link = await staff(createLink, {
    headers: { 'idempotency-key': randomUUID() },
    body: {
      agreementId,
      feed: file.feed,
      periodStart: file.periodStart,
      periodEnd: file.periodEnd,
      expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
    },
  });
  const { url, code, formUrl, typedCode } = link;
  if (url === undefined || code === undefined || formUrl === undefined || typedCode === undefined)
    throw new Error('the link was created without its address and codes');
  return { url, code, formUrl, typedCode };
};

const arrived = ({ state }: Pick<PortalUpload, 'state'>): boolean => ['clean', 'ready', 'ingesting', 'completed'].includes(state);

const isFinal = (upload: PortalUpload): boolean => ['completed', 'held', 'refused', 'expired'].includes(upload.state);

/** Issues a link per file that is not held yet, sends it through it as its partner would, and waits until all have been read. */
export const runMainJob = async ({ portalUrl, staff, files, onProgress, timeoutSeconds }: MainJob): Promise<SentFile[]> => {
  const portal = apiClient(`${portalUrl}/api`);
  const held = await everyPage((cursor) => staff(listUploads, { query: { limit: 100, cursor } }));
  await agree(staff, files);
  const sent = await Promise.all(
    files.map(async (file) => {
      const sha256 = createHash('sha256').update(file.bytes).digest('base64');
      const earlier = held.find((upload) => upload.sha256 === sha256 && upload.feed === file.feed && arrived(upload));
      if (earlier) {
        const read = (): Promise<PortalUpload> => staff(readUpload, { path: { uploadId: earlier.uploadId } });
        return { file, read, before: true };
      }
      const { uploadId, session } = await sendPartnerFile(portal, await issueLink(staff, file), file.bytes);
      return { file, read: () => readSentFile(portal, session, uploadId), before: false };
    }),
  );
  const until = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const now = await Promise.all(sent.map(async ({ file, read, before }) => ({ file, upload: await read(), before })));
    const done = now.filter(({ upload }) => isFinal(upload));
    onProgress(
      done.length,
      now.reduce((rows, { upload }) => rows + upload.counts.rows, 0),
    );
    if (done.length === now.length || Date.now() > until) return now;
    await delay(1000);
  }
};

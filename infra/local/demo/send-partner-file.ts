import { createHash } from 'node:crypto';
import { portalRoutes, type PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import type { ApiClient } from './api-client.ts';

const [openLink, createGrant, readPortalUploads] = portalRoutes;

/** What a partner's browser does with a link and a file: open, ask for a place, send the bytes there. Returns the upload's id. */
export const sendPartnerFile = async (portal: ApiClient, linkUrl: string, file: Uint8Array): Promise<string> => {
  const token = new URL(linkUrl).hash.slice(1);
  await portal(openLink, { body: { token } });
  const sha256 = createHash('sha256').update(file).digest('base64');
  const grant = await portal(createGrant, { body: { token, sha256, size: file.byteLength, contentType: 'text/csv' } });
  const headers = Object.entries(grant.headers).filter(([name]) => !/^(content-length|host)$/i.test(name));
  const put = await fetch(grant.url, { method: 'PUT', headers, body: Buffer.from(file) });
  if (!put.ok) throw new Error(`the file store answered ${String(put.status)}`);
  return grant.uploadId;
};

/** The upload as its sender sees it. */
export const readSentFile = async (portal: ApiClient, linkUrl: string, uploadId: string): Promise<PortalUpload> => {
  const page = await portal(readPortalUploads, { body: { token: new URL(linkUrl).hash.slice(1) } });
  const upload = page.items.find((item) => item.uploadId === uploadId);
  if (!upload) throw new Error('the upload is not among those of its link');
  return upload;
};

import { createHash } from 'node:crypto';
import { portalRoutes, type OpenedLink, type PortalUpload } from '#shared/contracts/http/portal-routes.ts';
import type { ApiClient } from './api-client.ts';

const [openLink, createGrant, readPortalUploads] = portalRoutes;

/** What a partner is given: the address by one channel, the code by another. */
export interface GivenLink {
  /** Its secret stands behind the `#`. */
  readonly url: string;
  readonly code: string;
}

export const openGivenLink = (portal: ApiClient, { url, code }: GivenLink): Promise<OpenedLink> =>
  portal(openLink, { body: { token: new URL(url).hash.slice(1), code } });

/** What a partner's browser does with a link and a file: open, ask for a place, send the bytes there. */
export const sendPartnerFile = async (
  portal: ApiClient,
  link: GivenLink,
  file: Uint8Array,
): Promise<{ readonly uploadId: string; readonly session: string }> => {
  const { session } = await openGivenLink(portal, link);
  const sha256 = createHash('sha256').update(file).digest('base64');
  const grant = await portal(createGrant, { body: { session, sha256, size: file.byteLength, contentType: 'text/csv' } });
  const headers = Object.entries(grant.headers).filter(([name]) => !/^(content-length|host)$/i.test(name));
  const put = await fetch(grant.url, { method: 'PUT', headers, body: Buffer.from(file) });
  if (!put.ok) throw new Error(`the file store answered ${String(put.status)}`);
  return { uploadId: grant.uploadId, session };
};

/** The upload as its sender sees it. */
export const readSentFile = async (portal: ApiClient, session: string, uploadId: string): Promise<PortalUpload> => {
  const page = await portal(readPortalUploads, { body: { session } });
  const upload = page.items.find((item) => item.uploadId === uploadId);
  if (!upload) throw new Error('the upload is not among those of its link');
  return upload;
};

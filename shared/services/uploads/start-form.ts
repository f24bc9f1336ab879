import { addSeconds } from '../../domain/calendar/instant.ts';
import { grantRenewableSeconds } from '../../domain/uploads/grant.ts';
import { isByForm, type Upload } from '../../domain/uploads/upload.ts';
import { recogniseLink, type RecognisedLink } from '../links/recognise-link.ts';
import { Refusal } from '../refusal.ts';
import type { GrantPorts } from './create-grant.ts';
import { newLinkUpload } from './new-upload.ts';
import { formKey, type ObjectListing } from './object-store.ts';
import { findUploadOfLink } from './own-upload.ts';
import { findUploadsLeft } from './standing-uploads.ts';

export interface StartFormPorts extends Omit<GrantPorts, 'signer'> {
  /** Whether something has come. */
  readonly quarantine: ObjectListing;
}

/** Each lost race means that somebody else's grant went through, so few are needed. */
const attempts = 8;
const newest = 25;

/**
 * A place for one file that a form without scripts will send. Until something has come by it, asking again gives the same
 * place: a form that is opened many times is one upload.
 */
export const startForm = async (
  ports: StartFormPorts,
  { session, replaces }: { readonly session: string; readonly replaces?: string | undefined },
): Promise<{ readonly uploadId: string; readonly linkId: string; readonly isNew: boolean }> => {
  const first = await recogniseLink(ports, session);
  const { linkId } = first.link;
  if (replaces !== undefined) await findUploadOfLink(ports, linkId, replaces);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const recognised = attempt === 1 ? first : await recogniseLink(ports, session);
    const open = await findOpenForm(ports, linkId, replaces);
    if (open !== undefined) return { uploadId: open.uploadId, linkId, isNew: false };
    const upload = await place(ports, recognised, replaces);
    if (upload !== undefined) return { uploadId: upload.uploadId, linkId, isNew: true };
  }
  throw new Refusal('try-again', { about: [linkId] });
};

/** Whether the form may still be signed, so that what comes by it comes before the sweep gives it up. */
export const isOpenForm = (upload: Upload, now: string): boolean =>
  upload.state === 'granted' && upload.sha256 === undefined && now <= addSeconds(upload.createdAt, grantRenewableSeconds);

const findOpenForm = async (ports: StartFormPorts, linkId: string, replaces: string | undefined): Promise<Upload | undefined> => {
  const now = ports.clock.now();
  const { items } = await ports.links.listUploadIds(linkId, { limit: newest });
  const open = (await ports.uploads.findUploads(items)).filter(
    (upload) => isByForm(upload) && isOpenForm(upload, now) && upload.replaces === replaces,
  );
  for (const upload of open) if (!(await ports.quarantine.has(upload.objectKey))) return upload;
  return undefined;
};

const place = async (
  ports: StartFormPorts,
  { link, agreement }: RecognisedLink,
  replaces: string | undefined,
): Promise<Upload | undefined> => {
  if ((await findUploadsLeft(ports, link)) === 0) throw new Refusal('link-used-up', { about: [link.linkId] });
  const uploadId = ports.newId();
  const file = { uploadId, reference: ports.newReference(), ...(replaces !== undefined && { replaces }) };
  const upload = newLinkUpload({ link, agreement }, { ...file, objectKey: formKey(link.linkId, uploadId) }, ports.clock.now());
  const { ok } = await ports.transactions.commit([
    ports.uploads.createFragment(upload),
    ports.grants.formFragment({ link, upload }),
    ports.references.referenceFragment(upload),
    ports.agreements.sameFragment(agreement),
  ]);
  return ok ? upload : undefined;
};

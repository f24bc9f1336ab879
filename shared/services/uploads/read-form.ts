import type { PortalUpload } from '../../contracts/http/portal-routes.ts';
import { addSeconds } from '../../domain/calendar/instant.ts';
import { grantLifeSeconds } from '../../domain/uploads/grant.ts';
import { largestUpload, type Upload } from '../../domain/uploads/upload.ts';
import type { SignedReceipt } from '../../domain/uploads/receipt.ts';
import { recogniseLink } from '../links/recognise-link.ts';
import { mayHaveReceipt } from '../receipts/issue-receipt.ts';
import type { ReceiptRepository } from '../receipts/receipt-ports.ts';
import { Refusal } from '../refusal.ts';
import type { FormSigner, ObjectListing, SignedForm } from './object-store.ts';
import type { PortalPorts } from './open-link.ts';
import { isOpenForm } from './start-form.ts';
import type { UploadRepository } from './upload-repository.ts';
import { portalUpload } from './upload-views.ts';

interface FindOwnPorts extends Pick<PortalPorts, 'links' | 'agreements' | 'hash' | 'clock'> {
  readonly uploads: Pick<UploadRepository, 'findUpload'>;
}

export interface ReadFormPorts extends FindOwnPorts {
  readonly receipts: Pick<ReceiptRepository, 'findReceipt'>;
  readonly quarantine: ObjectListing;
  readonly formSigner: FormSigner;
}

type FormState =
  /** Nothing has come yet: what the browser is to send, signed anew each time it is asked for. */
  | { readonly kind: 'open'; readonly form: SignedForm; readonly goodUntil: string }
  /** Nothing has come, and it is too late for this form. */
  | { readonly kind: 'over' }
  | { readonly kind: 'come' };

export interface ReadForm {
  readonly linkId: string;
  readonly upload: PortalUpload;
  /** The one that it is to stand in the place of. */
  readonly replaced: Pick<Upload, 'reference'> | undefined;
  readonly receipt: SignedReceipt | undefined;
  readonly state: FormState;
}

/** How one upload of the link stands, and the form to send it by while nothing has come. Another link's upload is not there. */
export const readForm = async (
  ports: ReadFormPorts,
  { session, uploadId, then }: { readonly session: string; readonly uploadId: string; readonly then: string },
): Promise<ReadForm> => {
  const { linkId, upload } = await findOwnUpload(ports, { session, uploadId });
  const [replaced, receipt] = await Promise.all([
    upload.replaces === undefined ? undefined : ports.uploads.findUpload(upload.replaces),
    mayHaveReceipt(upload) ? ports.receipts.findReceipt(uploadId) : undefined,
  ]);
  return { linkId, upload: portalUpload(upload), replaced, receipt, state: await formState(ports, upload, then) };
};

/** An upload of the session's link. */
export const readOwnUpload = async (
  ports: FindOwnPorts,
  asked: { readonly session: string; readonly uploadId: string },
): Promise<{ readonly linkId: string; readonly upload: PortalUpload }> => {
  const { linkId, upload } = await findOwnUpload(ports, asked);
  return { linkId, upload: portalUpload(upload) };
};

const findOwnUpload = async (
  ports: FindOwnPorts,
  { session, uploadId }: { readonly session: string; readonly uploadId: string },
): Promise<{ readonly linkId: string; readonly upload: Upload }> => {
  const { linkId } = (await recogniseLink(ports, session)).link;
  const upload = await ports.uploads.findUpload(uploadId);
  if (upload?.linkId !== linkId) throw new Refusal('upload-not-found', { about: [linkId] });
  return { linkId, upload };
};

const formState = async (ports: ReadFormPorts, upload: Upload, then: string): Promise<FormState> => {
  if (upload.state !== 'granted' || upload.sha256 !== undefined || (await ports.quarantine.has(upload.objectKey))) return { kind: 'come' };
  const now = ports.clock.now();
  if (!isOpenForm(upload, now)) return { kind: 'over' };
  const form = await ports.formSigner.signForm({
    key: upload.objectKey,
    length: [1, largestUpload],
    contentType: 'application/octet-stream',
    then,
    now,
    expiresInSeconds: grantLifeSeconds,
  });
  return { kind: 'open', form, goodUntil: addSeconds(now, grantLifeSeconds) };
};

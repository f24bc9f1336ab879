import type { PortalUpload } from '../../contracts/http/portal-routes.ts';
import { addSeconds } from '../../domain/calendar/instant.ts';
import { grantLifeSeconds } from '../../domain/uploads/grant.ts';
import { largestUpload, type Upload } from '../../domain/uploads/upload.ts';
import type { SignedReceipt } from '../../domain/uploads/receipt.ts';
import { mayHaveReceipt } from '../receipts/issue-receipt.ts';
import type { ReceiptRepository } from '../receipts/receipt-ports.ts';
import type { FormSigner, ObjectListing, SignedForm } from './object-store.ts';
import { findOwnUpload, type OwnUploadAsked, type OwnUploadPorts } from './own-upload.ts';
import { isOpenForm } from './start-form.ts';
import { portalUpload } from './upload-views.ts';

export interface ReadFormPorts extends OwnUploadPorts {
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
export const readForm = async (ports: ReadFormPorts, { then, ...asked }: OwnUploadAsked & { readonly then: string }): Promise<ReadForm> => {
  const { linkId, upload } = await findOwnUpload(ports, asked);
  const [replaced, receipt] = await Promise.all([
    upload.replaces === undefined ? undefined : ports.uploads.findUpload(upload.replaces),
    mayHaveReceipt(upload) ? ports.receipts.findReceipt(upload.uploadId) : undefined,
  ]);
  return { linkId, upload: portalUpload(upload), replaced, receipt, state: await formState(ports, upload, then) };
};

/** An upload of the session's link. */
export const readOwnUpload = async (
  ports: OwnUploadPorts,
  asked: OwnUploadAsked,
): Promise<{ readonly linkId: string; readonly upload: PortalUpload }> => {
  const { linkId, upload } = await findOwnUpload(ports, asked);
  return { linkId, upload: portalUpload(upload) };
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

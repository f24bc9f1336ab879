import type { PortalUpload } from '../../contracts/http/portal-routes.ts';
import { agreedColumns } from '../../domain/uploads/sharing-agreement.ts';
import type { Upload } from '../../domain/uploads/upload.ts';
import { recogniseLink, type RecognisedLink } from '../links/recognise-link.ts';
import { Refusal } from '../refusal.ts';
import type { GrantPorts } from './create-grant.ts';
import type { Idempotency } from './idempotency.ts';
import { newLinkUpload } from './new-upload.ts';
import type { ObjectWriter } from './object-store.ts';
import { portalUpload } from './upload-views.ts';

export interface NilReturnPorts extends Omit<GrantPorts, 'signer'> {
  readonly idempotency: Idempotency;
  readonly quarantine: ObjectWriter;
  /** SHA-256 in base64. */
  readonly sha256: (bytes: Uint8Array) => string;
}

/** One for each time that the one before was refused, never came through or was taken back, and for each lost race. */
const mostAttempts = 20;

/**
 * "Nothing to report in this period": a file of the agreed columns without a row, written here instead of by the partner,
 * that goes the way of every file. Only of feeds whose files add to each other: in a snapshot, nothing would mean that
 * nobody is there any more. Asked for again it is the same one.
 */
export const createNilReturn = async (
  ports: NilReturnPorts,
  session: string,
): Promise<{ readonly upload: PortalUpload; readonly linkId: string }> => {
  const recognised = await recogniseLink(ports, session);
  const { link, agreement } = recognised;
  const { linkId } = link;
  const columns = agreedColumns(agreement, link.feed) ?? [];
  if (ports.feeds(link.feed).kind === 'snapshot') throw notForSnapshots(linkId);
  const bytes = new TextEncoder().encode(`${columns.join(',')}\r\n`);
  const sha256 = ports.sha256(bytes);
  for (let [attempt, number] = [1, 1]; attempt <= mostAttempts; attempt += 1) {
    const mark = { operation: 'createNilReturn', actorId: linkId, key: `nil-return-${String(number)}`, request: linkId };
    const outcome = await ports.idempotency.begin(mark);
    const held = outcome.kind === 'replay' ? await ports.uploads.findUpload(outcome.resourceId) : undefined;
    if (outcome.kind !== 'new' && (held === undefined || ['refused', 'expired', 'withdrawn', 'withdrawing'].includes(held.state))) {
      number += 1;
      continue;
    }
    const upload = held ?? (await place(ports, recognised, bytes, mark));
    // Somebody was quicker: look at what they made.
    if (upload === undefined) continue;
    if (upload.state === 'granted') {
      await ports.quarantine.write({ key: upload.objectKey, bytes, size: bytes.length, sha256, contentType: 'text/csv' });
    }
    return { upload: portalUpload(upload), linkId };
  }
  throw new Refusal('try-again', { about: [linkId] });
};

const place = async (
  ports: NilReturnPorts,
  { link, agreement }: RecognisedLink,
  bytes: Uint8Array,
  mark: Parameters<Idempotency['begin']>[0],
): Promise<Upload | undefined> => {
  const uploadId = ports.newId();
  const now = ports.clock.now();
  const file = { uploadId, reference: ports.newReference(), nil: true as const, sha256: ports.sha256(bytes), size: bytes.length };
  const upload = newLinkUpload({ link, agreement }, file, now);
  const { ok } = await ports.transactions.commit([
    ports.uploads.createFragment(upload),
    ports.grants.nilReturnFragment({ link, upload }),
    ports.references.referenceFragment(upload),
    ports.agreements.sameFragment(agreement),
    ports.idempotency.fragment(mark, { resourceId: uploadId, at: now }),
  ]);
  return ok ? upload : undefined;
};

const notForSnapshots = (linkId: string): Refusal =>
  new Refusal('file-not-acceptable', {
    about: [linkId],
    errors: [
      {
        code: 'nil-return-of-snapshot',
        message: 'Each file of this feed says how everything stands: “nothing to report” would end every record.',
        fix: 'Send the file with everybody who is in it, also when nothing has changed. If nobody is left, tell the council.',
      },
    ],
  });

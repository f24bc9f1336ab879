import type { PortalUpload } from '../../contracts/http/portal-routes.ts';
import type { UploadView } from '../../contracts/http/upload-routes.ts';
import type { Checkpoint, Upload } from '../../domain/uploads/upload.ts';

const columnNotice = ({ columnsMissing, columnsIgnored }: Checkpoint): Pick<UploadView, 'columnsMissing' | 'columnsIgnored'> => ({
  ...(columnsMissing === undefined ? {} : { columnsMissing }),
  ...(columnsIgnored === undefined ? {} : { columnsIgnored }),
});

const common = ({ uploadId, reference, state, size, checkpoint, refusal, createdAt, updatedAt }: Upload) => ({
  uploadId,
  reference,
  state,
  size,
  counts: checkpoint.counts,
  ...columnNotice(checkpoint),
  ...(refusal === undefined ? {} : { refusal }),
  createdAt,
  updatedAt,
});

/** As its sender may see it. */
export const portalUpload = (upload: Upload): PortalUpload => common(upload);

/** As staff may see it. */
export const uploadView = (upload: Upload): UploadView => ({
  ...common(upload),
  source: upload.source,
  ...(upload.linkId === undefined ? {} : { linkId: upload.linkId }),
  agency: upload.agency,
  feed: upload.feed,
  feedVersion: upload.feedVersion,
  agreement: upload.agreement,
  periodStart: upload.periodStart,
  periodEnd: upload.periodEnd,
  sha256: upload.sha256,
});

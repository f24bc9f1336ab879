import type { PortalUpload } from '../../contracts/http/portal-routes.ts';
import type { UploadView } from '../../contracts/http/upload-routes.ts';
import { scanTroubles, screeningActions } from '../../domain/uploads/screening.ts';
import type { FileRefusal, Upload } from '../../domain/uploads/upload.ts';

const columnNotice = ({
  checkpoint: { columnsMissing, columnsIgnored },
  kept,
}: Upload): Pick<UploadView, 'columnsMissing' | 'columnsIgnored' | 'columnsNotAgreed'> => ({
  ...(columnsMissing === undefined ? {} : { columnsMissing: columnsMissing.filter((name) => kept?.left.columns.includes(name) !== true) }),
  ...(columnsIgnored === undefined ? {} : { columnsIgnored: kept?.left.positions ?? columnsIgnored }),
  ...(kept === undefined ? {} : { columnsNotAgreed: kept.left.columns }),
});

const waiting = ({ state, scan }: Upload): FileRefusal | undefined =>
  state === 'granted' && scan?.trouble !== undefined ? scanTroubles[scan.trouble] : undefined;

const action = (upload: Upload): { readonly action?: string } => {
  const todo = screeningActions[(waiting(upload) ?? upload.refusal)?.code ?? ''];
  return todo === undefined ? {} : { action: todo };
};

const common = (upload: Upload) => ({
  uploadId: upload.uploadId,
  reference: upload.reference,
  state: upload.state,
  ...(upload.size === undefined ? {} : { size: upload.size }),
  ...(upload.nil === undefined ? {} : { nil: upload.nil }),
  ...(upload.replaces === undefined ? {} : { replaces: upload.replaces }),
  counts: upload.checkpoint.counts,
  ...columnNotice(upload),
  ...(waiting(upload) === undefined ? {} : { waiting: waiting(upload) }),
  ...(upload.refusal === undefined ? {} : { refusal: upload.refusal }),
  ...(upload.state === 'completed' && upload.assessedAt !== undefined && { assessedAt: upload.assessedAt }),
  createdAt: upload.createdAt,
  updatedAt: upload.updatedAt,
});

/** As its sender may see it. */
export const portalUpload = (upload: Upload): PortalUpload => ({
  ...common(upload),
  ...(upload.state === 'held' && upload.hold !== undefined && { waitsBecause: upload.hold.findings.map(({ forSender }) => forSender) }),
});

/** As staff may see it. */
export const uploadView = (upload: Upload): UploadView => ({
  ...common(upload),
  version: upload.version,
  ...action(upload),
  source: upload.source,
  ...(upload.linkId === undefined ? {} : { linkId: upload.linkId }),
  agency: upload.agency,
  feed: upload.feed,
  feedVersion: upload.feedVersion,
  agreement: upload.agreement,
  ...(upload.agreementId === undefined ? {} : { agreementId: upload.agreementId }),
  ...(upload.agreementVersion === undefined ? {} : { agreementVersion: upload.agreementVersion }),
  periodStart: upload.periodStart,
  periodEnd: upload.periodEnd,
  ...(upload.sha256 === undefined ? {} : { sha256: upload.sha256 }),
  ...(upload.hold !== undefined && {
    hold: {
      since: upload.hold.at,
      findings: upload.hold.findings.map(({ code, message }) => ({ code, message })),
      ...(upload.hold.decided !== undefined && {
        decided: { at: upload.hold.decided.at, what: upload.hold.decided.what, reason: upload.hold.decided.reason },
      }),
    },
  }),
  ...(upload.withdrawal === undefined ? {} : { withdrawal: upload.withdrawal }),
});

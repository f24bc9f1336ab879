/**
 * Everything the service says about itself: log events, the fields they may carry, and metrics. Constants only, no
 * imports, so that alarms, dashboards and tests read the same names as the code that emits them.
 */

/** `event` of a log line. */
export const logEvents = {
  requestAnswered: 'request.answered',
  requestRefused: 'request.refused',
  requestTurnedAway: 'request.turned-away',
  requestFailed: 'request.failed',
  auditFailed: 'audit.failed',
  messagePoisoned: 'message.poisoned',
  messageFailed: 'message.failed',
  messageIgnored: 'message.ignored',
  linkLocked: 'link.locked',
  uploadGranted: 'upload.granted',
  uploadScreened: 'upload.screened',
  uploadWeighed: 'upload.weighed',
  uploadHeld: 'upload.held',
  uploadHeldLong: 'upload.held-long',
  uploadRefused: 'upload.refused',
  uploadExpired: 'upload.expired',
  uploadHeldByAnother: 'upload.held-by-another',
  uploadChunkApplied: 'upload.chunk-applied',
  uploadChunkConflict: 'upload.chunk-conflict',
  uploadHandedOver: 'upload.handed-over',
  uploadCompleted: 'upload.completed',
  uploadResent: 'upload.resent',
  uploadWithdrawing: 'upload.withdrawing',
  uploadWithdrawn: 'upload.withdrawn',
  uploadUnscreened: 'upload.unscreened',
  uploadRescanned: 'upload.rescanned',
  receiptFailed: 'receipt.failed',
  outboxSendFailed: 'outbox.send-failed',
  outboxResent: 'outbox.resent',
  familiesAssessed: 'families.assessed',
  familyConflict: 'family.conflict',
  sweepFailed: 'sweep.failed',
  sweepFinished: 'sweep.finished',
} as const;
export type LogEvent = (typeof logEvents)[keyof typeof logEvents];

/**
 * What a field's value may look like; anything else is withheld by the logger.
 * `id`: ULID, UUID, message id or keyed hash · `code`: a word of our own vocabulary · `count`: a whole number ≥ 0 ·
 * `milliseconds`: a number ≥ 0 · `codes`: a list of codes · `frames`: places in our own source.
 */
export const logFields = {
  correlationId: 'id',
  requestId: 'id',
  operationId: 'code',
  status: 'count',
  code: 'code',
  fieldErrors: 'count',
  durationMs: 'milliseconds',
  actorKind: 'code',
  actorId: 'id',
  messageId: 'id',
  receiveCount: 'count',
  uploadId: 'id',
  linkId: 'id',
  outboxId: 'id',
  familyId: 'id',
  feed: 'code',
  source: 'code',
  state: 'code',
  verdict: 'code',
  reason: 'code',
  findings: 'codes',
  chunk: 'count',
  attempt: 'count',
  rows: 'count',
  added: 'count',
  changed: 'count',
  unchanged: 'count',
  refused: 'count',
  ended: 'count',
  bytes: 'count',
  people: 'count',
  families: 'count',
  found: 'count',
  resent: 'count',
  expired: 'count',
  items: 'count',
  epoch: 'count',
  remainingMs: 'milliseconds',
  errorName: 'code',
  errorCode: 'code',
  errorStatus: 'count',
  errorIssues: 'codes',
  errorFrames: 'frames',
} as const satisfies Record<string, 'id' | 'code' | 'count' | 'milliseconds' | 'codes' | 'frames'>;
export type LogFieldName = keyof typeof logFields;

export const metricNamespace = 'StrongerFamilies';

/** The one dimension set of every metric; an alarm names the same. */
export const metricDimensions = (stage: string): { readonly service: string; readonly stage: string } => ({
  service: 'stronger-families',
  stage,
});

interface MetricDefinition {
  readonly name: string;
  readonly unit: 'Count';
}

export const metrics = {
  /** A request was answered with 500: a bug. */
  requestFailed: { name: 'RequestFailed', unit: 'Count' },
  /** A request was answered with 503: a store was busy, or time ran out. */
  requestTurnedAway: { name: 'RequestTurnedAway', unit: 'Count' },
  /** A member of staff asked for what their role does not allow. */
  requestForbidden: { name: 'RequestForbidden', unit: 'Count' },
  /** An answer was withheld because its audit record could not be written. */
  auditFailed: { name: 'AuditFailed', unit: 'Count' },
  /** Somebody tried an upload link that does not exist. */
  linkNotRecognised: { name: 'LinkNotRecognised', unit: 'Count' },
  /** Five wrong codes have locked an upload link. */
  linkLocked: { name: 'LinkLocked', unit: 'Count' },
  /** A queue message failed and will be tried again. */
  messageFailed: { name: 'MessageFailed', unit: 'Count' },
  /** A queue message cannot be read and goes to the dead-letter queue. */
  messagePoisoned: { name: 'MessagePoisoned', unit: 'Count' },
  /** A partner was allowed to send a file. */
  uploadGranted: { name: 'UploadGranted', unit: 'Count' },
  /** Malware was found in a file. */
  uploadInfected: { name: 'UploadInfected', unit: 'Count' },
  /** A file was refused as a whole. */
  uploadRefused: { name: 'UploadRefused', unit: 'Count' },
  /** A file looks wrong as a whole and waits for a person. */
  uploadHeld: { name: 'UploadHeld', unit: 'Count' },
  /** A held file has waited for a person for more than three days. */
  uploadHeldLong: { name: 'UploadHeldLong', unit: 'Count' },
  /** A granted upload never arrived. */
  uploadExpired: { name: 'UploadExpired', unit: 'Count' },
  /** A file was read to its end. */
  uploadCompleted: { name: 'UploadCompleted', unit: 'Count' },
  /** A file is without a verdict: the malware check failed, or has not come for too long. */
  uploadUnscreened: { name: 'UploadUnscreened', unit: 'Count' },
  /** A receipt could not be signed. */
  receiptFailed: { name: 'ReceiptFailed', unit: 'Count' },
  /** The sweep found an upload that had stalled and sent it on. */
  uploadResent: { name: 'UploadResent', unit: 'Count' },
  /** Rows taken in. */
  rowsApplied: { name: 'RowsApplied', unit: 'Count' },
  /** Rows reported back to the partner. */
  rowsRefused: { name: 'RowsRefused', unit: 'Count' },
  /** The sweep found work that was never announced and announced it. */
  outboxResent: { name: 'OutboxResent', unit: 'Count' },
  /** Families held against the criteria. */
  familiesAssessed: { name: 'FamiliesAssessed', unit: 'Count' },
} as const satisfies Record<string, MetricDefinition>;
export type Metric = (typeof metrics)[keyof typeof metrics];

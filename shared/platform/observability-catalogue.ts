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
  readonly meaning: string;
}

export const metrics = {
  requestFailed: { name: 'RequestFailed', unit: 'Count', meaning: 'A request was answered with 500: a bug.' },
  requestTurnedAway: {
    name: 'RequestTurnedAway',
    unit: 'Count',
    meaning: 'A request was answered with 503: a store was busy, or time ran out.',
  },
  requestForbidden: { name: 'RequestForbidden', unit: 'Count', meaning: 'A member of staff asked for what their role does not allow.' },
  auditFailed: { name: 'AuditFailed', unit: 'Count', meaning: 'An answer was withheld because its audit record could not be written.' },
  linkNotRecognised: { name: 'LinkNotRecognised', unit: 'Count', meaning: 'Somebody tried an upload link that does not exist.' },
  messageFailed: { name: 'MessageFailed', unit: 'Count', meaning: 'A queue message failed and will be tried again.' },
  messagePoisoned: { name: 'MessagePoisoned', unit: 'Count', meaning: 'A queue message cannot be read and goes to the dead-letter queue.' },
  uploadGranted: { name: 'UploadGranted', unit: 'Count', meaning: 'A partner was allowed to send a file.' },
  uploadInfected: { name: 'UploadInfected', unit: 'Count', meaning: 'Malware was found in a file.' },
  uploadRefused: { name: 'UploadRefused', unit: 'Count', meaning: 'A file was refused as a whole.' },
  uploadHeld: { name: 'UploadHeld', unit: 'Count', meaning: 'A file looks wrong as a whole and waits for a person.' },
  uploadHeldLong: { name: 'UploadHeldLong', unit: 'Count', meaning: 'A held file has waited for a person for more than three days.' },
  uploadExpired: { name: 'UploadExpired', unit: 'Count', meaning: 'A granted upload never arrived.' },
  uploadCompleted: { name: 'UploadCompleted', unit: 'Count', meaning: 'A file was read to its end.' },
  uploadUnscreened: { name: 'UploadUnscreened', unit: 'Count', meaning: 'A file has been waiting for its malware verdict for too long.' },
  uploadResent: { name: 'UploadResent', unit: 'Count', meaning: 'The sweep found an upload that had stalled and sent it on.' },
  rowsApplied: { name: 'RowsApplied', unit: 'Count', meaning: 'Rows taken in.' },
  rowsRefused: { name: 'RowsRefused', unit: 'Count', meaning: 'Rows reported back to the partner.' },
  outboxResent: { name: 'OutboxResent', unit: 'Count', meaning: 'The sweep found work that was never announced and announced it.' },
  familiesAssessed: { name: 'FamiliesAssessed', unit: 'Count', meaning: 'Families held against the criteria.' },
} as const satisfies Record<string, MetricDefinition>;
export type Metric = (typeof metrics)[keyof typeof metrics];

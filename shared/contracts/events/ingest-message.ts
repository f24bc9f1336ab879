import * as z from 'zod';

/**
 * The EventBridge event of an object arrived in the clean bucket, as the rule puts it into a queue. Only the fields
 * that are read; others are let pass.
 */
export const cleanObjectCreatedSchema = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), 'version-id': z.string().optional() }),
  }),
});

/** A worker whose time was up, or the sweep, asks the next one to go on where the checkpoint stands. */
const continueIngestSchema = z.object({ kind: z.literal('continue'), uploadId: z.ulid() });
type ContinueIngest = z.infer<typeof continueIngestSchema>;

/** A file has been taken back: undo what it did, from wherever that has got to. */
const withdrawUploadSchema = z.object({
  kind: z.literal('withdraw'),
  uploadId: z.ulid(),
  /** How far the worker before got: good as long as the feed's coverage is at this version. */
  from: z.object({ coverage: z.int(), part: z.int().nonnegative(), row: z.string().max(100) }).optional(),
});
type WithdrawUpload = z.infer<typeof withdrawUploadSchema>;

export type IngestRequest = ContinueIngest | WithdrawUpload;

export const ingestMessageSchema = z.union([continueIngestSchema, withdrawUploadSchema]);

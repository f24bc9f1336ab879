import * as z from 'zod';

/**
 * The EventBridge event of an object arrived in the clean bucket, as the rule puts it into the ingest queue. Only the fields
 * that are read; others are let pass.
 */
const cleanObjectCreatedSchema = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), 'version-id': z.string().optional() }),
  }),
});

/** A worker whose time was up, or the sweep, asks the next one to go on where the checkpoint stands. */
const continueIngestSchema = z.object({ kind: z.literal('continue'), uploadId: z.ulid() });
export type ContinueIngest = z.infer<typeof continueIngestSchema>;

export const ingestMessageSchema = z.union([continueIngestSchema, cleanObjectCreatedSchema]);
export type IngestMessage = z.infer<typeof ingestMessageSchema>;

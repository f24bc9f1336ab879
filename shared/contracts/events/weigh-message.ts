import * as z from 'zod';
import { cleanObjectCreatedSchema } from './ingest-message.ts';

/** The sweep, or a person who wants to know what a held file would do now. */
const weighUploadSchema = z.object({ kind: z.literal('weigh'), uploadId: z.ulid() });
export type WeighRequest = z.infer<typeof weighUploadSchema>;

/** A file has arrived in the clean bucket, or should be looked at (again). */
export const weighMessageSchema = z.union([weighUploadSchema, cleanObjectCreatedSchema]);
export type WeighMessage = z.infer<typeof weighMessageSchema>;

import { randomBytes } from 'node:crypto';
import { uploadReference } from '../domain/uploads/upload-reference.ts';

/** A reference that nobody can guess from another one: `SF-7Q4M-2XPT`. */
export const newUploadReference = (): string => uploadReference(randomBytes(32)) ?? newUploadReference();

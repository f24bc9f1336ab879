import type { FileRefusal } from '../../../domain/uploads/upload.ts';

/** Thrown out of a stream of bytes where the file behind it turns out not to be what it should be. */
export class UnreadableFile extends Error {
  readonly refusal: FileRefusal;

  constructor(refusal: FileRefusal) {
    super(refusal.code);
    this.name = 'UnreadableFile';
    this.refusal = refusal;
  }
}

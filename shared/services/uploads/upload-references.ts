import type { Upload } from '../../domain/uploads/upload.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';

/** References are said on the phone: no two uploads may have the same. */
export interface UploadReferences {
  /** One write; a conflict where the upload's reference is taken. */
  readonly referenceFragment: (upload: Upload) => TransactionFragment;
}

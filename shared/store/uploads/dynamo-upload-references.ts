import type { UploadReferences } from '../../services/uploads/upload-references.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { linkKeys } from '../links/link-keys.ts';
import { fragmentOf } from '../transactions.ts';
import { schemaVersion } from './upload-items.ts';

export const dynamoUploadReferences = (table: DocumentTable): UploadReferences => ({
  referenceFragment: ({ reference, uploadId, expiresOn }) =>
    fragmentOf([
      table.putWrite({ ...linkKeys.reference(reference), schemaVersion, uploadId, ...expiry(expiresOn) }, condition.absent('pk')),
    ]),
});

import { createHash } from 'node:crypto';
import { documentClient, kmsClient, s3Client } from '#shared/platform/aws-clients.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { newId } from '#shared/platform/ids.ts';
import { guardDutyScanner } from '#shared/platform/objects/guardduty-scanner.ts';
import { s3ObjectPromotion } from '#shared/platform/objects/s3-object-promotion.ts';
import { s3ObjectReader } from '#shared/platform/objects/s3-object-reader.ts';
import { s3ObjectWriter } from '#shared/platform/objects/s3-object-writer.ts';
import { s3ScanMark } from '#shared/platform/objects/s3-scan-mark.ts';
import { kmsReceiptSigner } from '#shared/platform/signing/kms-receipt-signer.ts';
import type { IssueReceiptPorts } from '#shared/services/receipts/issue-receipt.ts';
import type { ScreeningPorts } from '#shared/services/screening/screen-upload.ts';
import { uploadsTables } from '#shared/store/uploads/uploads-tables.ts';
import type { Environment } from './config.ts';

export const wire = (environment: Environment): ScreeningPorts & IssueReceiptPorts => ({
  ...uploadsTables(documentClient(), environment, newId),
  quarantine: s3ObjectReader(s3Client(), environment.QUARANTINE_BUCKET),
  scanMark: s3ScanMark(s3Client(), environment.QUARANTINE_BUCKET),
  scanAgain: guardDutyScanner(environment.QUARANTINE_BUCKET),
  promotion: s3ObjectPromotion(s3Client(), {
    from: environment.QUARANTINE_BUCKET,
    to: environment.CLEAN_BUCKET,
    keyArn: environment.CLEAN_KEY_ARN,
  }),
  cleanFiles: s3ObjectWriter(s3Client(), { bucket: environment.CLEAN_BUCKET, keyArn: environment.CLEAN_KEY_ARN }),
  newSha256: () => {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('base64') };
  },
  receiptSigner: kmsReceiptSigner(kmsClient(), environment.RECEIPT_KEY_ARN),
  councilName: environment.COUNCIL_NAME,
  clock: systemClock,
  quarantineBucket: environment.QUARANTINE_BUCKET,
});

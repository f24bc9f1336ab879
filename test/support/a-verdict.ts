import { randomUUID } from 'node:crypto';
import type { MalwareVerdict, ScanResult } from '#shared/contracts/events/malware-verdict.ts';

/** GuardDuty's event about one version of one object, as the rule puts it into the queue. */
export const aVerdict = (
  object: { readonly bucket: string; readonly key: string; readonly versionId: string },
  result: ScanResult = 'NO_THREATS_FOUND',
): MalwareVerdict => ({
  id: randomUUID(),
  source: 'aws.guardduty',
  'detail-type': 'GuardDuty Malware Protection Object Scan Result',
  time: '2026-11-23T09:00:30Z',
  detail: {
    scanStatus: 'COMPLETED',
    s3ObjectDetails: {
      bucketName: object.bucket,
      objectKey: object.key,
      eTag: '9bb58f26192e4ba00f01e2e7b136bbd8',
      versionId: object.versionId,
    },
    scanResultDetails: { scanResultStatus: result },
  },
});

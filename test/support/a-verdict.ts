import { randomUUID } from 'node:crypto';
import { malwareVerdictSchema, type MalwareVerdict, type ScanResult } from '#shared/contracts/events/malware-verdict.ts';

/** GuardDuty's event about one version of one object, as the rule puts it into the queue. */
export const aVerdict = (
  object: { readonly bucket: string; readonly key: string; readonly versionId: string },
  result: ScanResult = 'NO_THREATS_FOUND',
): MalwareVerdict =>
  malwareVerdictSchema.parse({
    version: '0',
    id: randomUUID(),
    source: 'aws.guardduty',
    'detail-type': 'GuardDuty Malware Protection Object Scan Result',
    account: '111122223333',
    time: '2026-11-23T09:00:30Z',
    region: 'eu-west-2',
    resources: ['arn:aws:guardduty:eu-west-2:111122223333:malware-protection-plan/b4c7f464ab3a4EXAMPLE'],
    detail: {
      schemaVersion: '1.0',
      scanStatus: 'COMPLETED',
      resourceType: 'S3_OBJECT',
      s3ObjectDetails: {
        bucketName: object.bucket,
        objectKey: object.key,
        eTag: '9bb58f26192e4ba00f01e2e7b136bbd8',
        versionId: object.versionId,
        s3Throttled: false,
      },
      scanResultDetails: {
        scanResultStatus: result,
        threats: result === 'THREATS_FOUND' ? [{ name: 'EICAR-Test-File (not a virus)' }] : null,
      },
    },
  });

import { GetObjectTaggingCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ScreeningPorts } from '../../services/screening/screen-upload.ts';

/** The tag that GuardDuty puts on a version it has scanned; only its role may tag. */
const tagName = 'GuardDutyMalwareScanStatus';

export const s3ScanMark =
  (client: S3Client, bucket: string): ScreeningPorts['scanMark'] =>
  async ({ key, versionId }) => {
    const { TagSet = [] } = await client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    return TagSet.find(({ Key }) => Key === tagName)?.Value;
  };

import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectListing } from '../../services/uploads/object-store.ts';

export const s3ObjectListing = (client: S3Client, bucket: string): ObjectListing => ({
  has: async (key) => {
    const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
    return page.Contents?.[0]?.Key === key;
  },
});

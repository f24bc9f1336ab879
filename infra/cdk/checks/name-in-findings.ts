import { Stack } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import * as z from 'zod';

const importedSchema = z.object({ 'Fn::ImportValue': z.string() });

/** How rule packs name the ARN of a bucket of another stack: by the export it is known under. */
export const nameInFindings = (bucket: Bucket): string => {
  const owner = Stack.of(bucket);
  return importedSchema.parse(owner.resolve(owner.exportValue(bucket.bucketArn)))['Fn::ImportValue'];
};

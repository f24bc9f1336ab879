import * as z from 'zod';

const domainName = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain name such as portal.families.example.gov.uk');
const certificateIn = (region: string) =>
  z.string().regex(new RegExp(`^arn:aws:acm:${region}:\\d{12}:certificate/[0-9a-f-]{36}$`), `the ARN of a certificate in ${region}`);

/** Lets functions reach what has no gateway endpoint, at a price per hour and zone: docs/operations.md. */
const interfaceEndpointSchema = z.enum(['sqs', 'secretsmanager', 'guardduty', 'kms', 'logs']);
export type InterfaceEndpoint = z.infer<typeof interfaceEndpointSchema>;

/** Everything that differs between stages. A stage is one deployment with its own data. */
export const stageConfigSchema = z.strictObject({
  stage: z.enum(['dev', 'test', 'prod']),
  /** Left out: the account of whoever deploys. */
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  /** As partners know the council; shown on the upload page. */
  councilName: z.string().min(1),
  portalDomain: domainName,
  /** CloudFront takes certificates of us-east-1 only. */
  portalCertificateArn: certificateIn('us-east-1'),
  apiDomain: domainName,
  apiCertificateArn: certificateIn('eu-west-2'),
  /** First label of the sign-in page's address; unique in the region. */
  signInDomainPrefix: z.string().regex(/^[a-z0-9-]+$/),
  /** Where staff come back to after signing in. */
  signInCallbackUrls: z.array(z.url()).min(1),
  /** The council's own identity provider. Left out: people are invited into the user pool one by one. */
  staffIdentityProvider: z.strictObject({ samlMetadataUrl: z.url() }).optional(),
  /** Told of every alarm; has to confirm the subscription once. Left out: nobody is told by e-mail. */
  alarmEmail: z.email().optional(),
  /** Days. One of the periods that CloudWatch offers. */
  logRetentionDays: z.literal([30, 90, 365, 400, 731]),
  /** True: tables, buckets, keys and the user pool survive their stack and refuse deletion. */
  keepData: z.boolean(),
  /** `isolated`: functions have no route to the internet. `none`: functions run outside any network of ours, for trying things out. */
  network: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('isolated'),
      zones: z.array(z.string()).min(2),
      interfaceEndpoints: z.array(interfaceEndpointSchema),
    }),
    z.strictObject({ kind: z.literal('none') }),
  ]),
  /**
   * After a restore: the tables to work with instead of those of the data stack, by their full names. They must be encrypted
   * with the same key. The data stack's own tables stay as they are.
   */
  restoredTables: z
    .strictObject({ Records: z.string().optional(), Uploads: z.string().optional(), Audit: z.string().optional() })
    .optional(),
  /** How new versions take over: at once, or a tenth of the traffic first, back again when an alarm rings. */
  rollout: z.enum(['all-at-once', 'canary']),
  /** Functions of different stages in one account share its concurrency (1,000 unless raised). */
  reservedConcurrency: z.strictObject({ api: z.int().min(2), worker: z.int().min(2) }),
});
export type StageConfig = z.infer<typeof stageConfigSchema>;

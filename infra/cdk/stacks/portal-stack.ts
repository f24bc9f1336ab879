import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  GeoRestriction,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { asInterface } from '../constructs/as-interface.ts';
import { protectedLog } from '../constructs/protected-log.ts';
import { ProtectedBucket } from '../constructs/protected-bucket.ts';
import { pageHeader } from '../constructs/web-firewall.ts';
import { partnersPath } from '#shared/contracts/http/portal-routes.ts';
import type { DataStack } from './data-stack.ts';

export interface PortalStackProps extends StackProps {
  readonly config: StageConfig;
  readonly data: DataStack;
  readonly key: IKey;
  readonly firewallArn: string;
  /** The built page: `npm run build:portal`. */
  readonly pageFolder: string;
}

/** The partners' upload page and, under the same origin at `/api`, the part of the API that partners use: nothing of the staff's. */
export class PortalStack extends Stack {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: PortalStackProps) {
    super(scope, id, props);
    const page = this.pageBucket(props.data);
    const api = new HttpOrigin(props.config.apiDomain, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      customHeaders: { [pageHeader]: props.data.pageSecret.secretValue.unsafeUnwrap() },
    });
    const viewer = { viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY, compress: true } as const;
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Stronger Families upload page, ${props.config.stage}`,
      domainNames: [props.config.portalDomain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', props.config.portalCertificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultRootObject: 'index.html',
      webAclId: props.firewallArn,
      geoRestriction: GeoRestriction.allowlist('GB'),
      defaultBehavior: {
        ...viewer,
        origin: S3BucketOrigin.withOriginAccessControl(page),
        responseHeadersPolicy: this.pageHeaders(asInterface(props.data.quarantine.bucket)),
      },
      additionalBehaviors: {
        [`/api${partnersPath}/*`]: { ...viewer, ...passedOn, origin: api, functionAssociations: [beforeOrigin(this.withoutApiPrefix())] },
        // The same page for browsers that run no scripts.
        '/form*': { ...viewer, ...passedOn, origin: api, functionAssociations: [beforeOrigin(this.toForms())] },
      },
    });
    acknowledge(this.distribution, {
      id: 'AwsSolutions-CFR3',
      reason:
        'The page is the same for everybody and holds nothing; what partners do is in the API’s own access log and the audit table, without their network addresses.',
    });
    this.publish(props, page);
    new CfnOutput(this, 'PortalDomainTarget', {
      value: this.distribution.distributionDomainName,
      description: 'Where the upload page’s domain name points',
    });
  }

  private pageBucket(data: DataStack): IBucket {
    const { bucket } = new ProtectedBucket(this, 'Page', {
      keep: false,
      accessLog: { bucket: data.accessLogs.bucket, prefix: 'page/' },
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    acknowledge(bucket, {
      id: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
      reason: 'Everything in this bucket is public: the upload page that any visitor is sent. Amazon’s own key is enough for it.',
    });
    return asInterface(bucket);
  }

  private pageHeaders(quarantine: IBucket): ResponseHeadersPolicy {
    const contentSecurityPolicy = [
      "default-src 'none'",
      "script-src 'self'",
      // The file is checked in a worker, from a script of the page's own.
      "worker-src 'self'",
      "style-src 'self'",
      // The empty icon, which spares a request.
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      // The API, and the bucket the file itself goes to.
      `connect-src 'self' https://${quarantine.bucketRegionalDomainName}`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; ');
    return new ResponseHeadersPolicy(this, 'PageHeaders', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, preload: true, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()', override: true },
          { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
          { header: 'cross-origin-resource-policy', value: 'same-origin', override: true },
        ],
      },
    });
  }

  /** The page calls `/api/v1/…`; the API knows `/v1/…`. */
  private withoutApiPrefix(): EdgeFunction {
    return new EdgeFunction(this, 'WithoutApiPrefix', {
      runtime: FunctionRuntime.JS_2_0,
      comment: 'Takes /api off the path',
      code: FunctionCode.fromInline(
        "function handler(event) { var request = event.request; request.uri = request.uri.replace(/^\\/api(?=\\/)/, ''); return request; }",
      ),
    });
  }

  /** The forms' pages are at `/form…`; the API knows `/v1/portal/form…`. */
  private toForms(): EdgeFunction {
    return new EdgeFunction(this, 'ToForms', {
      runtime: FunctionRuntime.JS_2_0,
      comment: 'Puts /v1/portal before the path',
      code: FunctionCode.fromInline(
        "function handler(event) { var request = event.request; request.uri = '/v1/portal' + request.uri; return request; }",
      ),
    });
  }

  private publish(props: PortalStackProps, page: IBucket): void {
    const built = new Asset(this, 'Built', { path: props.pageFolder });
    const logGroup = protectedLog(this, 'PublishLog', props);
    const policy = new ManagedPolicy(this, 'PublishPolicy', {
      description: 'Copying the built page into its bucket',
      statements: [
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [built.bucket.arnForObjects(built.s3ObjectKey)] }),
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [page.bucketArn] }),
        new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [page.arnForObjects('*')] }),
        new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
      ],
    });
    const role = new Role(this, 'PublishRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [policy] });
    acknowledge(policy, {
      id: 'AwsSolutions-IAM5[Resource::<PageBucket8A4EC83F.Arn>/*]',
      reason: 'The bucket holds the built page and nothing else; which files that is, each build says anew.',
    });
    new BucketDeployment(this, 'Publish', {
      destinationBucket: page,
      sources: [Source.bucket(built.bucket, built.s3ObjectKey)],
      role: role.withoutPolicyUpdates(),
      logGroup,
      // Asked for anew each time, so that a release is seen at once and no cache has to be emptied.
      cacheControl: [CacheControl.noCache()],
      prune: true,
    });
    acknowledgePublisher(this);
  }
}

/** To the API as it came, and back without being kept. */
const passedOn = {
  allowedMethods: AllowedMethods.ALLOW_ALL,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
} as const;

const beforeOrigin = (edgeFunction: EdgeFunction) => ({ eventType: FunctionEventType.VIEWER_REQUEST, function: edgeFunction });

/** CDK's own function copies the page, at deploy time only; its shape is CDK's. */
const acknowledgePublisher = (stack: Stack): void => {
  const publisher = stack.node.children.find((child) => child.node.id.startsWith('Custom::CDKBucketDeployment'));
  if (!publisher) throw new Error('the page is published without a publisher');
  const runtime = 'The runtime is the one CDK ships and tests this function with; it moves with CDK’s version, which is pinned.';
  const deployTime = 'Runs for seconds while a person deploys, with nobody’s data: CloudFormation reports its failure and rolls back.';
  acknowledge(
    publisher,
    { id: 'AwsSolutions-L1', reason: runtime },
    { id: 'Serverless-LambdaLatestVersion', reason: runtime },
    { id: 'NIST.800.53.R5-LambdaDLQ', reason: deployTime },
    { id: 'Serverless-LambdaDLQ', reason: deployTime },
    { id: 'NIST.800.53.R5-LambdaConcurrency', reason: deployTime },
    { id: 'Serverless-LambdaTracing', reason: deployTime },
    {
      id: 'NIST.800.53.R5-LambdaInsideVPC',
      reason: 'Copies the public page between two buckets and answers CloudFormation; it sees no data and has no rights to any.',
    },
  );
};

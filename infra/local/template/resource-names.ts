import type { Stack } from './assembly.ts';
import { type Json, textAt } from '../json.ts';

export interface Identity {
  /** What `Ref` gives. */
  readonly ref: string;
  readonly arn: string;
  /** What `Fn::GetAtt` gives for further attributes. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Physical names, ARNs and attributes as CloudFormation would give them, from the resource's own name properties. */
export const identify = (stack: Stack, logicalId: string, type: string, names: Json, queueOrigin: string): Identity => {
  const { account, region } = stack;
  const [, service = 'custom', kind = ''] = type.toLowerCase().split('::');
  const named = (property: string): string => textAt(names, property) ?? `${stack.name}-${logicalId}`;
  const arnOf = (rest: string, owner = service): string => `arn:aws:${owner}:${region}:${account}:${rest}`;
  const known = (ref: string, arn = ref, attributes: Record<string, string> = {}): Identity => ({ ref, arn, attributes });
  const functionArn = arnOf(`function:${functionNameOf(textAt(names, 'FunctionName') ?? '')}`);
  switch (type) {
    case 'AWS::DynamoDB::Table':
      return known(named('TableName'), arnOf(`table/${named('TableName')}`));
    case 'AWS::S3::Bucket': {
      const name = named('BucketName').toLowerCase().slice(0, 63);
      return known(name, `arn:aws:s3:::${name}`, {
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      });
    }
    case 'AWS::SQS::Queue':
      return known(`${queueOrigin}/${account}/${named('QueueName')}`, arnOf(named('QueueName')), { QueueName: named('QueueName') });
    case 'AWS::Lambda::Function':
      return known(named('FunctionName'), arnOf(`function:${named('FunctionName')}`));
    case 'AWS::Lambda::Version':
      return known(`${functionArn}:1`, `${functionArn}:1`, { Version: '1' });
    case 'AWS::Lambda::Alias':
      return known(`${functionArn}:${named('Name')}`);
    case 'AWS::SecretsManager::Secret':
      return known(arnOf(`secret:${named('Name')}-aBcDeF`));
    case 'AWS::KMS::Key':
      return known(logicalId, arnOf(`key/${logicalId}`));
    case 'AWS::IAM::Role':
      return known(named('RoleName'), `arn:aws:iam::${account}:role/${named('RoleName')}`);
    case 'AWS::IAM::ManagedPolicy':
      return known(`arn:aws:iam::${account}:policy/${named('ManagedPolicyName')}`);
    case 'AWS::ApiGateway::RestApi':
      return known(logicalId.toLowerCase(), arnOf(logicalId), { RootResourceId: `${logicalId}/root` });
    case 'AWS::ApiGateway::Stage':
      return known(named('StageName'), arnOf(logicalId));
    case 'AWS::Cognito::UserPool': {
      const id = `${region}_${logicalId}`;
      return known(id, arnOf(`userpool/${id}`, 'cognito-idp'), { ProviderURL: `https://cognito-idp.${region}.amazonaws.com/${id}` });
    }
    case 'AWS::Cognito::UserPoolResourceServer':
      return known(named('Identifier'));
    case 'AWS::CloudFront::Distribution':
      return known(logicalId, `arn:aws:cloudfront::${account}:distribution/${logicalId}`, {
        DomainName: `${logicalId.toLowerCase()}.cloudfront.net`,
      });
    default:
      return known(logicalId, arnOf(`${kind}/${logicalId}`));
  }
};

/** `arn:aws:lambda:…:function:NAME:live`, an API Gateway integration URI, `NAME:live` or `NAME` → NAME. */
export const functionNameOf = (reference: string): string =>
  /function:([^:/]+)/.exec(reference)?.[1] ?? reference.split(':')[0] ?? reference;

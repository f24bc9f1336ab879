import { type Json, textAt } from './json.ts';
import type { Stack } from './assembly.ts';

export interface Identity {
  /** What `Ref` gives. */
  readonly ref: string;
  readonly arn: string;
  /** What `Fn::GetAtt` gives for further attributes. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Physical names, ARNs and attributes as CloudFormation would give them, from the resource's own properties. */
export const identify = (stack: Stack, logicalId: string, type: string, properties: Json, queueOrigin: string): Identity => {
  const { account, region } = stack;
  const named = (property: string): string => textAt(properties, property) ?? `${stack.name}-${logicalId}`;
  const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;
  const byName = (ref: string, arnText: string, attributes: Record<string, string> = {}): Identity => ({ ref, arn: arnText, attributes });
  switch (type) {
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable': {
      const name = named('TableName');
      return byName(name, arn('dynamodb', `table/${name}`), { StreamArn: arn('dynamodb', `table/${name}/stream/local`) });
    }
    case 'AWS::S3::Bucket': {
      const name = textAt(properties, 'BucketName') ?? `${stack.name}-${logicalId}`.toLowerCase().slice(0, 63);
      return byName(name, `arn:aws:s3:::${name}`, {
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      });
    }
    case 'AWS::SQS::Queue': {
      const name = named('QueueName');
      const url = `${queueOrigin}/${account}/${name}`;
      return byName(url, arn('sqs', name), { QueueName: name, QueueUrl: url });
    }
    case 'AWS::Lambda::Function': {
      const name = named('FunctionName');
      return byName(name, arn('lambda', `function:${name}`));
    }
    case 'AWS::Lambda::Version': {
      const version = `${functionArn(arn, textAt(properties, 'FunctionName') ?? '')}:1`;
      return byName(version, version, { Version: '1', FunctionArn: version });
    }
    case 'AWS::Lambda::Alias': {
      const alias = `${functionArn(arn, textAt(properties, 'FunctionName') ?? '')}:${textAt(properties, 'Name') ?? 'live'}`;
      return byName(alias, alias, { AliasArn: alias });
    }
    case 'AWS::SecretsManager::Secret': {
      const secret = arn('secretsmanager', `secret:${named('Name')}-aBcDeF`);
      return byName(secret, secret, { Id: secret });
    }
    case 'AWS::KMS::Key':
      return byName(logicalId, arn('kms', `key/${logicalId}`), { KeyId: logicalId });
    case 'AWS::KMS::Alias':
      return byName(named('AliasName'), arn('kms', named('AliasName')));
    case 'AWS::IAM::Role':
      return byName(named('RoleName'), `arn:aws:iam::${account}:role/${named('RoleName')}`, { RoleId: logicalId });
    case 'AWS::IAM::ManagedPolicy': {
      const policy = `arn:aws:iam::${account}:policy/${named('ManagedPolicyName')}`;
      return byName(policy, policy);
    }
    case 'AWS::ApiGateway::RestApi':
      return byName(logicalId.toLowerCase(), arn('execute-api', logicalId.toLowerCase()), {
        RestApiId: logicalId.toLowerCase(),
        RootResourceId: `${logicalId}/root`,
      });
    case 'AWS::ApiGateway::Stage':
      return byName(textAt(properties, 'StageName') ?? logicalId, arn('apigateway', logicalId));
    case 'AWS::Cognito::UserPool': {
      const id = `${region}_${logicalId}`;
      const host = `cognito-idp.${region}.amazonaws.com/${id}`;
      return byName(id, arn('cognito-idp', `userpool/${id}`), { UserPoolId: id, ProviderName: host, ProviderURL: `https://${host}` });
    }
    case 'AWS::Cognito::UserPoolResourceServer':
      return byName(textAt(properties, 'Identifier') ?? logicalId, arn('cognito-idp', logicalId));
    case 'AWS::CloudFront::Distribution': {
      const id = logicalId.toUpperCase().slice(0, 14);
      return byName(id, `arn:aws:cloudfront::${account}:distribution/${id}`, {
        Id: id,
        DomainName: `${logicalId.toLowerCase()}.cloudfront.net`,
      });
    }
    default: {
      const service = (type.split('::')[1] ?? 'custom').toLowerCase();
      return byName(logicalId, arn(service, logicalId), {});
    }
  }
};

/** A function's name or ARN → its ARN without version or alias. */
const functionArn = (arn: (service: string, rest: string) => string, nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn.split(':').slice(0, 7).join(':') : arn('lambda', `function:${nameOrArn}`);

/** `arn:aws:lambda:…:function:NAME:live`, an API Gateway integration URI or a plain name → NAME. */
export const functionNameOf = (reference: string): string =>
  /function:([^:/]+)/.exec(reference)?.[1] ?? reference.split(':')[0] ?? reference;

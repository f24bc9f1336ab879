import { HostError } from '../../host-error.ts';
import type { TemplateModel } from '../../template/template-model.ts';

/** What the host acts on, or reads for what it acts on; by service. */
const emulated: Readonly<Record<string, string>> = {
  'AWS::ApiGateway': 'Authorizer DomainName GatewayResponse Method Resource RestApi Stage',
  'AWS::CloudFront': 'Distribution Function ResponseHeadersPolicy',
  'AWS::Cognito': 'UserPool UserPoolClient UserPoolResourceServer',
  'AWS::DynamoDB': 'Table',
  'AWS::Events': 'Rule',
  'AWS::GuardDuty': 'MalwareProtectionPlan',
  'AWS::IAM': 'ManagedPolicy Policy Role',
  'AWS::KMS': 'Key',
  'AWS::Lambda': 'Alias EventSourceMapping Function Version',
  'AWS::S3': 'Bucket BucketPolicy',
  'AWS::SQS': 'Queue',
  'AWS::SecretsManager': 'Secret',
  Custom: 'CDKBucketDeployment',
};

/** What the host leaves out, by the reason why that changes nothing in what the functions do. */
const leftOut: Readonly<Record<string, string>> = {
  'a change takes effect by starting again': 'AWS::ApiGateway::Deployment AWS::CodeDeploy::Application AWS::CodeDeploy::DeploymentGroup',
  'all stacks are on one machine': 'Custom::CrossRegionExportReader Custom::CrossRegionExportWriter AWS::SSM::Parameter',
  'log lines go to the host': 'AWS::ApiGateway::Account AWS::Logs::LogGroup AWS::Logs::ResourcePolicy Custom::LogRetention',
  'no domain, certificate or firewall on one machine':
    'AWS::ApiGateway::BasePathMapping AWS::ApiGateway::ClientCertificate AWS::CertificateManager::Certificate AWS::Route53::RecordSet AWS::WAFv2::LoggingConfiguration AWS::WAFv2::WebACL AWS::WAFv2::WebACLAssociation',
  'nobody is called at night for a laptop':
    'AWS::CloudWatch::Alarm AWS::CloudWatch::CompositeAlarm AWS::CloudWatch::Dashboard AWS::Logs::MetricFilter AWS::SNS::Subscription AWS::SNS::Topic AWS::SNS::TopicPolicy',
  'nothing is cached: a change is seen at once': 'AWS::CloudFront::CachePolicy AWS::CloudFront::OriginRequestPolicy',
  'one machine has no private network':
    'AWS::EC2::FlowLog AWS::EC2::RouteTable AWS::EC2::SecurityGroup AWS::EC2::SecurityGroupEgress AWS::EC2::SecurityGroupIngress AWS::EC2::Subnet AWS::EC2::SubnetRouteTableAssociation AWS::EC2::VPC AWS::EC2::VPCEndpoint Custom::VpcRestrictDefaultSG',
  'only used by custom resources, whose work the host does itself': 'AWS::Lambda::LayerVersion',
  'statistics about the construct library': 'AWS::CDK::Metadata',
  'the data folder is removed as a whole': 'Custom::S3AutoDeleteObjects',
  'the host reads the portal files itself': 'AWS::CloudFront::OriginAccessControl',
  'keys are used by their ARN': 'AWS::KMS::Alias',
  'the local issuer mints tokens; nobody signs in':
    'AWS::Cognito::UserPoolDomain AWS::Cognito::UserPoolGroup AWS::Cognito::UserPoolIdentityProvider',
  'who may call whom follows from routes, rules, mappings and roles': 'AWS::Lambda::Permission AWS::SQS::QueuePolicy',
};

const emulatedTypes = new Set(
  Object.entries(emulated).flatMap(([service, types]) => types.split(' ').map((type) => `${service}::${type}`)),
);

/** Type → the reason why it is not emulated. */
export const notEmulated: ReadonlyMap<string, string> = new Map(
  Object.entries(leftOut).flatMap(([reason, types]) => types.split(' ').map((type) => [type, reason] as const)),
);

/** Throws on a type nobody has decided about: the host would silently differ from AWS. */
export const checkResourceTypes = (model: TemplateModel): void => {
  const unknown = [...model.types].filter((type) => !emulatedTypes.has(type) && !notEmulated.has(type)).sort();
  if (unknown.length === 0) return;
  throw new HostError(
    `The local host does not know ${unknown.join(', ')}: emulate it, or add it with the reason to infra/local/host/template/resource-catalogue.ts.`,
  );
};

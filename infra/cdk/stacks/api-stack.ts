import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  CfnAccount,
  CfnClientCertificate,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  SecurityPolicy,
  type Method,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnLoggingConfiguration, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { ApiFunction, Route } from '#shared/contracts/http/route.ts';
import { formsPath } from '#shared/contracts/http/form-routes.ts';
import { routes } from '#shared/contracts/http/routes.ts';
import { acknowledge } from '../checks/acknowledge.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { addGatewayProblems } from '../constructs/gateway-problems.ts';
import { protectedLog } from '../constructs/protected-log.ts';
import { apiScope, type StaffDirectory } from '../constructs/staff-directory.ts';
import { pageHeader, WebFirewall } from '../constructs/web-firewall.ts';

export interface ApiStackProps extends StackProps {
  readonly config: StageConfig;
  readonly staff: StaffDirectory;
  readonly pageSecret: Secret;
  readonly functions: Readonly<Record<ApiFunction, IAlias>>;
  readonly key: IKey;
}

/** The API: one method per row of the route table; any other method on its path is answered 405, with those that there are. */
export class ApiStack extends Stack {
  readonly api: RestApi;
  private readonly config: StageConfig;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    this.config = props.config;
    this.key = props.key;
    const account = this.gatewayAccount();
    this.api = this.restApi();
    this.api.deploymentStage.node.addDependency(account);
    addGatewayProblems(this.api);
    this.addRoutes(props);
    this.addFirewall(props.pageSecret);
    const { domainName } = this.api;
    if (domainName)
      new CfnOutput(this, 'ApiDomainTarget', {
        value: domainName.domainNameAliasDomainName,
        description: 'Where the API’s domain name points',
      });
  }

  private restApi(): RestApi {
    const { stage } = this.config;
    const certificate = new CfnClientCertificate(this, 'ClientCertificate', { description: `API of stage ${stage}` });
    const api = new RestApi(this, 'Api', {
      restApiName: `stronger-families-${stage}`,
      description: 'Stronger Families',
      endpointTypes: [EndpointType.REGIONAL],
      // Only the custom domain, with its own TLS policy and its own firewall.
      disableExecuteApiEndpoint: true,
      domainName: {
        domainName: this.config.apiDomain,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', this.config.apiCertificateArn),
        endpointType: EndpointType.REGIONAL,
        securityPolicy: SecurityPolicy.TLS_1_2,
      },
      cloudWatchRole: false,
      deployOptions: {
        stageName: 'live',
        clientCertificateId: certificate.attrClientCertificateId,
        accessLogDestination: new LogGroupLogDestination(this.logGroup('AccessLog')),
        accessLogFormat: accessLogFormat(),
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        metricsEnabled: true,
        tracingEnabled: true,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
      },
    });
    acknowledge(api, {
      id: 'AwsSolutions-APIG2',
      reason:
        'Each function validates its requests against the schemas of the route table and answers with every fault at once; the gateway would name one.',
    });
    acknowledge(api.deploymentStage, {
      id: 'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted',
      reason: 'Answers name families. They are not kept at the gateway, encrypted or not; every read is authorised and audited anew.',
    });
    return api;
  }

  private addRoutes(props: ApiStackProps): void {
    const authorizer = new CognitoUserPoolsAuthorizer(this, 'Staff', { cognitoUserPools: [props.staff.userPool] });
    const addMethod = (route: Pick<Route, 'function' | 'path' | 'access'>, method: string, operationName: string): void => {
      const integration = new LambdaIntegration(props.functions[route.function], {
        // One permission per function, not per route: the function's policy has room for few.
        scopePermissionToMethod: false,
      });
      const resource = this.api.root.resourceForPath(route.path);
      if (route.access.kind === 'staff') {
        resource.addMethod(method, integration, {
          authorizer,
          authorizationType: AuthorizationType.COGNITO,
          authorizationScopes: [apiScope],
          operationName,
        });
      } else acknowledgeLinkAccess(resource.addMethod(method, integration, { authorizationType: AuthorizationType.NONE, operationName }));
    };
    const table = Object.values<Route>(routes);
    for (const route of table) addMethod(route, route.method, route.operationId);
    // The gateway itself would say that there is nothing at all: the function knows which methods there are.
    for (const [route] of Map.groupBy(table, ({ path }) => path).values()) if (route) addMethod(route, 'ANY', anyOtherMethod);
    // Pages, not operations: which there are, their function knows.
    for (const path of [formsPath, `${formsPath}/{proxy+}`] as const)
      addMethod({ function: 'forms-api', path, access: { kind: 'link' } }, 'ANY', 'forms');
  }

  private addFirewall(pageSecret: Secret): void {
    const { stage } = this.config;
    const firewall = new WebFirewall(this, 'Firewall', {
      scope: 'REGIONAL',
      name: `stronger-families-${stage}-api`,
      requestsPerAddress: 2000,
      behindThePage: { key: pageSecret.secretValue.unsafeUnwrap(), paths: '/v1/portal/' },
    });
    new CfnWebACLAssociation(this, 'FirewallOfApi', { resourceArn: this.api.deploymentStage.stageArn, webAclArn: firewall.arn });
    // AWS WAF takes log groups of this name only.
    const log = this.logGroup('FirewallLog', `aws-waf-logs-stronger-families-${stage}-api`);
    new CfnLoggingConfiguration(this, 'FirewallLogging', {
      resourceArn: firewall.arn,
      logDestinationConfigs: [`arn:${this.partition}:logs:${this.region}:${this.account}:log-group:${log.logGroupName}`],
      redactedFields: [
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'cookie' } },
        { singleHeader: { Name: pageHeader } },
        { queryString: {} },
        { uriPath: {} },
      ],
    });
  }

  private logGroup(id: string, name?: string): LogGroup {
    return protectedLog(this, id, { config: this.config, key: this.key, ...(name === undefined ? {} : { name }) });
  }

  /** API Gateway writes logs with one role per account and region. */
  private gatewayAccount(): CfnAccount {
    const role = new Role(this, 'GatewayLogRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    acknowledge(role, {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      reason: 'API Gateway accepts as its account’s log role only one with the rights of this policy, which writes logs and nothing else.',
    });
    const account = new CfnAccount(this, 'GatewayAccount', { cloudWatchRoleArn: role.roleArn });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return account;
  }
}

/** The path as in the route table, never with values; no query, no body, no token, no address. */
const accessLogFormat = (): AccessLogFormat =>
  AccessLogFormat.custom(
    JSON.stringify({
      correlationId: AccessLogField.contextRequestId(),
      at: AccessLogField.contextRequestTime(),
      method: AccessLogField.contextHttpMethod(),
      route: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      responseBytes: AccessLogField.contextResponseLength(),
      milliseconds: AccessLogField.contextResponseLatency(),
      integrationMilliseconds: AccessLogField.contextIntegrationLatency(),
      gatewayError: AccessLogField.contextErrorResponseType(),
    }),
  );

/** Operation name of what is there to say which methods there are. */
const anyOtherMethod = 'methodNotAllowed';

const acknowledgeLinkAccess = (method: Method): void => {
  const reason =
    'Partners have no account: the upload link’s token, 256 random bits in the body, is the credential, and the function checks it.';
  acknowledge(method, { id: 'AwsSolutions-APIG4', reason }, { id: 'AwsSolutions-COG4', reason });
};

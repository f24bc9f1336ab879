import { runInNewContext } from 'node:vm';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { problems } from '#shared/contracts/http/problems.ts';
import type { Route } from '#shared/contracts/http/route.ts';
import { formRoutes, formsPath } from '#shared/contracts/http/form-routes.ts';
import { routes } from '#shared/contracts/http/routes.ts';
import { appOf, resourcesOf, templatesOf } from './support/synthesise.ts';

const templates = templatesOf(appOf('prod'));
const api = templates.get('Api');
if (!api) throw new Error('no API');

const table: readonly Route[] = routes;
const pathPartSchema = z.object({
  PathPart: z.string(),
  ParentId: z.union([z.object({ Ref: z.string() }), z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('RootResourceId')]) })]),
});
const parts = new Map(
  resourcesOf(templates, 'AWS::ApiGateway::Resource').map(({ logicalId, properties }) => [logicalId, pathPartSchema.parse(properties)]),
);
const pathOf = (resourceId: string): string => {
  const part = parts.get(resourceId);
  if (!part) throw new Error(`no resource ${resourceId}`);
  return `${'Ref' in part.ParentId ? pathOf(part.ParentId.Ref) : ''}/${part.PathPart}`;
};

const methodSchema = z.object({
  HttpMethod: z.string(),
  ResourceId: z.object({ Ref: z.string() }),
  OperationName: z.string(),
  AuthorizationType: z.string(),
  AuthorizationScopes: z.array(z.string()).optional(),
  AuthorizerId: z.unknown().optional(),
  Integration: z.object({ Type: z.string(), Uri: z.unknown() }),
});
const allMethods = resourcesOf(templates, 'AWS::ApiGateway::Method').map(({ properties }) => methodSchema.parse(properties));
/** Pages for browsers without scripts; everything else is the API. */
const forms = allMethods.filter(({ OperationName }) => OperationName === 'forms');
const methods = allMethods.filter((method) => !forms.includes(method));

const ofTheTable = methods.filter(({ HttpMethod }) => HttpMethod !== 'ANY');

describe('the API', () => {
  test('has the methods of the route table and no others', () => {
    const inTemplate = ofTheTable.map(
      ({ OperationName, HttpMethod, ResourceId }) => `${OperationName}: ${HttpMethod} ${pathOf(ResourceId.Ref)}`,
    );
    expect(inTemplate.toSorted()).toEqual(table.map(({ operationId, method, path }) => `${operationId}: ${method} ${path}`).toSorted());
    expect(ofTheTable.length).toBeGreaterThan(10);
  });

  test('has any other method of each path answered by a function of that path, under the same lock', () => {
    const others = methods.filter(({ HttpMethod }) => HttpMethod === 'ANY');
    expect(others.map(({ ResourceId }) => pathOf(ResourceId.Ref)).toSorted()).toEqual(
      [...new Set(table.map(({ path }) => path))].toSorted(),
    );
    for (const other of others) {
      const same = ofTheTable.filter(({ ResourceId }) => ResourceId.Ref === other.ResourceId.Ref);
      expect(same.map(({ Integration }) => Integration)).toContainEqual(other.Integration);
      for (const { AuthorizationType, AuthorizationScopes } of same)
        expect({ AuthorizationType, AuthorizationScopes }).toEqual({
          AuthorizationType: other.AuthorizationType,
          AuthorizationScopes: other.AuthorizationScopes,
        });
    }
  });

  test('asks for a staff token of our own scope on every route but those of the upload link', () => {
    const open = ofTheTable.filter(({ AuthorizationType }) => AuthorizationType === 'NONE').map(({ OperationName }) => OperationName);
    expect(open.toSorted()).toEqual(
      table
        .filter(({ access }) => access.kind === 'link')
        .map(({ operationId }) => operationId)
        .toSorted(),
    );
    for (const method of ofTheTable.filter(({ OperationName }) => !open.includes(OperationName))) {
      expect(method, method.OperationName).toMatchObject({
        AuthorizationType: 'COGNITO_USER_POOLS',
        AuthorizationScopes: ['stronger-families/use'],
      });
      expect(method.AuthorizerId).toBeDefined();
    }
  });

  test('leaves everything under the pages’ path to their function, which asks for the link’s session', () => {
    expect(forms.map(({ HttpMethod, ResourceId }) => [HttpMethod, pathOf(ResourceId.Ref)])).toEqual([
      ['ANY', '/v1/portal/form'],
      ['ANY', '/v1/portal/form/{proxy+}'],
    ]);
    for (const { Integration, AuthorizationType } of forms) {
      expect(JSON.stringify(Integration.Uri)).toContain('ApiFormsLive');
      expect(AuthorizationType).toBe('NONE');
    }
    for (const { path } of formRoutes) expect(`${path}/`.startsWith(`${formsPath}/`), path).toBe(true);
    expect(routes.filter(({ path }) => path.startsWith(formsPath))).toEqual([]);
  });

  test('sends each route to the function that the table names', () => {
    for (const route of table) {
      const method = methods.find(({ OperationName }) => OperationName === route.operationId);
      const [first = ''] = route.function.split('-');
      expect(JSON.stringify(method?.Integration.Uri), route.operationId).toContain(
        `Api${first.charAt(0).toUpperCase()}${first.slice(1)}Live`,
      );
    }
  });

  test('answers to its own domain only, by TLS 1.2 or newer, and to no other site’s pages', () => {
    api.hasResourceProperties('AWS::ApiGateway::RestApi', {
      DisableExecuteApiEndpoint: true,
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    api.hasResourceProperties('AWS::ApiGateway::DomainName', { DomainName: 'api.families.example.gov.uk', SecurityPolicy: 'TLS_1_2' });
    expect(methods.filter(({ HttpMethod }) => HttpMethod === 'OPTIONS')).toEqual([]);
    expect(JSON.stringify(api.toJSON())).not.toContain('Access-Control-Allow');
  });

  test('is throttled, traced, logged without bodies, and shows its certificate', () => {
    api.hasResourceProperties('AWS::ApiGateway::Stage', {
      MethodSettings: [
        Match.objectLike({ DataTraceEnabled: false, LoggingLevel: 'ERROR', ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 }),
      ],
      TracingEnabled: true,
      ClientCertificateId: Match.anyValue(),
    });
  });

  test('writes into its access log no value of a path, no query, no address, no token', () => {
    const [stage] = resourcesOf(templates, 'AWS::ApiGateway::Stage');
    const { Format } = z.object({ Format: z.string() }).parse(stage?.properties['AccessLogSetting']);
    expect(JSON.parse(Format)).toEqual({
      correlationId: '$context.requestId',
      at: '$context.requestTime',
      method: '$context.httpMethod',
      route: '$context.resourcePath',
      status: '$context.status',
      responseBytes: '$context.responseLength',
      milliseconds: '$context.responseLatency',
      integrationMilliseconds: '$context.integrationLatency',
      gatewayError: '$context.error.responseType',
    });
  });

  test('refuses, where the gateway does, with a problem of the catalogue', () => {
    const responses = resourcesOf(templates, 'AWS::ApiGateway::GatewayResponse');
    expect(responses.length).toBeGreaterThan(10);
    for (const { properties, logicalId } of responses) {
      const { StatusCode, ResponseTemplates, ResponseParameters } = z
        .object({
          StatusCode: z.string(),
          ResponseTemplates: z.record(z.string(), z.string()),
          ResponseParameters: z.record(z.string(), z.string()),
        })
        .parse(properties);
      const body = z
        .object({ status: z.int(), code: z.string(), title: z.string(), correlationId: z.literal('$context.requestId') })
        .parse(JSON.parse(ResponseTemplates['application/json'] ?? ''));
      expect(body.code in problems, logicalId).toBe(true);
      expect(String(body.status)).toBe(StatusCode);
      expect(ResponseParameters['gatewayresponse.header.content-type']).toBe("'application/problem+json'");
    }
  });
});

describe('the firewall', () => {
  const [acl] = resourcesOf(templates, 'AWS::WAFv2::WebACL').filter(({ stack }) => stack === 'Api');

  test('stands before the API, counts requests per address and refuses what is too large', () => {
    api.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
    const { Rules } = z.object({ Rules: z.array(z.object({ Name: z.string() })) }).parse(acl?.properties);
    expect(Rules.map(({ Name }) => Name)).toEqual([
      'floods',
      'oversized-bodies',
      'past-the-page',
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesAmazonIpReputationList',
    ]);
  });

  /** The value that CloudFormation reads from the secret, in the firewall and in the distribution alike. */
  const theKey = (value: unknown): boolean =>
    /resolve:secretsmanager:.*ExportsOutputRefPageKey.*:SecretString:::/.test(JSON.stringify(value));
  const saysTheKey = {
    ByteMatchStatement: Match.objectLike({
      FieldToMatch: { SingleHeader: { Name: 'x-upload-page-key' } },
      PositionalConstraint: 'EXACTLY',
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    }),
  };

  test('takes partners’ calls through the upload page’s distribution only, however their path is written', () => {
    api.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([
        Match.objectLike({
          Name: 'past-the-page',
          Action: { Block: {} },
          Statement: {
            AndStatement: {
              Statements: [
                {
                  ByteMatchStatement: {
                    FieldToMatch: { UriPath: {} },
                    PositionalConstraint: 'CONTAINS',
                    SearchString: '/v1/portal/',
                    TextTransformations: [
                      { Priority: 0, Type: 'URL_DECODE' },
                      { Priority: 1, Type: 'NORMALIZE_PATH' },
                      { Priority: 2, Type: 'LOWERCASE' },
                    ],
                  },
                },
                { NotStatement: { Statement: saysTheKey } },
              ],
            },
          },
        }),
      ]),
    });
    expect(table.filter(({ access }) => access.kind === 'link')).not.toEqual([]);
    for (const { access, path } of table) expect(path.startsWith('/v1/portal/'), path).toBe(access.kind === 'link');
  });

  test('counts the address of whoever calls directly; CloudFront counts its own visitors', () => {
    api.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([
        Match.objectLike({
          Name: 'floods',
          Statement: {
            RateBasedStatement: {
              AggregateKeyType: 'IP',
              EvaluationWindowSec: 300,
              Limit: 2000,
              ScopeDownStatement: { NotStatement: { Statement: saysTheKey } },
            },
          },
        }),
      ]),
    });
    const [edge] = resourcesOf(templates, 'AWS::WAFv2::WebACL').filter(({ stack }) => stack === 'Edge');
    expect(JSON.stringify(edge?.properties)).toContain(
      '"RateBasedStatement":{"AggregateKeyType":"IP","EvaluationWindowSec":300,"Limit":1000}',
    );
    expect(JSON.stringify(edge?.properties)).not.toContain('x-upload-page-key');
  });

  test('knows the distribution by a key that stands in no template', () => {
    const [distribution] = resourcesOf(templates, 'AWS::CloudFront::Distribution');
    const { DistributionConfig } = z
      .object({
        DistributionConfig: z.object({ Origins: z.array(z.looseObject({ OriginCustomHeaders: z.array(z.unknown()).optional() })) }),
      })
      .parse(distribution?.properties);
    const headers = DistributionConfig.Origins.flatMap(({ OriginCustomHeaders }) => OriginCustomHeaders ?? []);
    expect(headers).toHaveLength(1);
    expect(JSON.stringify(headers)).toContain('"HeaderName":"x-upload-page-key"');
    expect(theKey(headers)).toBe(true);
    expect(theKey(acl?.properties)).toBe(true);
  });

  test('looks at bodies up to 64 KB and refuses larger ones, as the functions do', () => {
    api.hasResourceProperties('AWS::WAFv2::WebACL', {
      AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_64' } } },
      Rules: Match.arrayWith([
        Match.objectLike({
          Name: 'oversized-bodies',
          Action: { Block: {} },
          Statement: {
            SizeConstraintStatement: Match.objectLike({
              Size: 65536,
              ComparisonOperator: 'GT',
              FieldToMatch: { Body: { OversizeHandling: 'MATCH' } },
            }),
          },
        }),
      ]),
    });
  });

  test('keeps tokens, queries and paths out of its log, and no samples', () => {
    api.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: [
        { SingleHeader: { Name: 'authorization' } },
        { SingleHeader: { Name: 'cookie' } },
        { SingleHeader: { Name: 'x-upload-page-key' } },
        { QueryString: {} },
        { UriPath: {} },
      ],
    });
    expect(JSON.stringify(acl?.properties)).not.toContain('"SampledRequestsEnabled":true');
  });
});

describe('the upload page', () => {
  const portal = templates.get('Portal');
  if (!portal) throw new Error('no portal');

  test('is served by TLS only, from its own bucket, in this country, behind its firewall', () => {
    portal.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        Aliases: ['upload.families.example.gov.uk'],
        ViewerCertificate: Match.objectLike({ MinimumProtocolVersion: 'TLSv1.2_2021' }),
        DefaultCacheBehavior: Match.objectLike({ ViewerProtocolPolicy: 'https-only' }),
        Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['GB'] } },
        WebACLId: { 'Fn::GetStackOutput': Match.objectLike({ StackName: 'stronger-families-prod-edge', Region: 'us-east-1' }) },
      }),
    });
    portal.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1);
  });

  test('may run nothing but its own scripts and talk to nobody but the API and the quarantine bucket', () => {
    const [policy] = resourcesOf(templates, 'AWS::CloudFront::ResponseHeadersPolicy');
    const text = JSON.stringify(policy?.properties);
    expect(text).toContain("default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'");
    expect(text).toMatch(/connect-src 'self' https:\/\/"[^;]*Quarantine[^;]*RegionalDomainName[^;]*; form-action 'self'/);
    expect(text).not.toMatch(/unsafe-inline|unsafe-eval/);
    expect(text).toContain('"ReferrerPolicy":"no-referrer"');
  });

  test('finds the API under /api, never cached, with the prefix taken off', () => {
    portal.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        CacheBehaviors: [
          Match.objectLike({
            PathPattern: '/api/v1/portal/*',
            ViewerProtocolPolicy: 'https-only',
            // AWS's own policies: no caching, and all headers but the host's.
            CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
            OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
          }),
          Match.objectLike({
            PathPattern: '/form*',
            ViewerProtocolPolicy: 'https-only',
            CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
            OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
          }),
        ],
      }),
    });
    const rewrite = (name: string, uri: string): unknown => {
      const edge = resourcesOf(templates, 'AWS::CloudFront::Function').find(({ logicalId }) => logicalId.startsWith(name));
      const code = String(edge?.properties['FunctionCode']);
      return JSON.parse(String(runInNewContext(`${code}; JSON.stringify(handler({ request: { uri: ${JSON.stringify(uri)} } }))`)));
    };
    expect(rewrite('WithoutApiPrefix', '/api/v1/portal/link')).toEqual({ uri: '/v1/portal/link' });
    expect(rewrite('WithoutApiPrefix', '/api/v1/api/x')).toEqual({ uri: '/v1/api/x' });
    expect(rewrite('ToForms', '/form/files')).toEqual({ uri: '/v1/portal/form/files' });
    expect(rewrite('ToForms', '/form')).toEqual({ uri: '/v1/portal/form' });
  });

  test('passes on what a link opens, and no route of the staff', () => {
    const [distribution] = resourcesOf(templates, 'AWS::CloudFront::Distribution');
    const { CacheBehaviors } = z
      .object({ CacheBehaviors: z.array(z.object({ PathPattern: z.string() })) })
      .parse(distribution?.properties['DistributionConfig']);
    const isPassedOn = (path: string): boolean =>
      CacheBehaviors.some(({ PathPattern }) => PathPattern.endsWith('*') && path.startsWith(PathPattern.slice(0, -1)));
    for (const { path, access, operationId } of routes) {
      expect(isPassedOn(`/api${path}`), operationId).toBe(access.kind === 'link');
      expect(isPassedOn(path), operationId).toBe(false);
    }
  });
});

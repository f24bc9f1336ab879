import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { matchesPattern } from '../../access/policy.ts';
import { HostError } from '../../host-error.ts';
import { asText, at, entriesAt, type Json, listAt, parseJson, textAt } from '../../json.ts';
import type { TemplateModel } from '../../template/template-model.ts';
import { urlOf } from '../../listen.ts';
import type { RequestHandler } from './rest-api.ts';

type Localise = (text: string) => string;

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** The template's CloudFront distribution: its behaviours, functions, header policies and error pages over the portal's files and the API. */
export const distribution = (model: TemplateModel, api: RequestHandler, localise: Localise): RequestHandler => {
  const config = at(model.ofType('AWS::CloudFront::Distribution')[0]?.properties, 'DistributionConfig');
  const behaviours = [...listAt(config, 'CacheBehaviors'), ...listAt(config, 'DefaultCacheBehavior')];
  const files = deployedFiles(model, localise);
  const functions = edgeFunctions(model);
  const root = `/${textAt(config, 'DefaultRootObject') ?? ''}`;
  const errorPage = listAt(config, 'CustomErrorResponses').find((error) => /40[34]/.test(textAt(error, 'ErrorCode') ?? ''));

  return async (request, response) => {
    const url = urlOf(request);
    const behaviour = behaviours.find((candidate) => matchesPattern(textAt(candidate, 'PathPattern') ?? '*', url.pathname));
    for (const [name, value] of responseHeaders(model, behaviour)) response.setHeader(name, localise(value));
    const uri = uriAtTheEdge(functions, behaviour, request.method ?? 'GET', url.pathname);
    const origin = listAt(config, 'Origins').find((candidate) => textAt(candidate, 'Id') === textAt(behaviour, 'TargetOriginId'));
    if (origin !== undefined && at(origin, 'S3OriginConfig') === undefined) {
      request.url = `${textAt(origin, 'OriginPath') ?? ''}${uri}${url.search}`;
      await api(request, response);
      return;
    }
    const found = files.get(uri === '/' ? root : uri);
    if (found !== undefined) send(response, 200, found);
    else send(response, Number(textAt(errorPage, 'ResponseCode') ?? 404), files.get(textAt(errorPage, 'ResponsePagePath') ?? ''));
  };
};

interface DeployedFile {
  readonly file: string;
  /** The whole text, where something had to be put in. */
  readonly text?: string;
}

/** What the template's bucket deployments put into buckets, by URL path. */
const deployedFiles = (model: TemplateModel, localise: Localise): ReadonlyMap<string, DeployedFile> => {
  const files = new Map<string, DeployedFile>();
  for (const { stack, properties } of model.ofType('Custom::CDKBucketDeployment')) {
    for (const [index, key] of listAt(properties, 'SourceObjectKeys').entries()) {
      const folder = stack.assets.get(asText(key));
      if (folder === undefined)
        throw new HostError(`The portal's files (${asText(key)}) are not in the assembly: run "npm run synth" again.`);
      const markers = entriesAt(listAt(properties, 'SourceMarkers')[index]);
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((candidate) => candidate.isFile())) {
        const file = path.join(entry.parentPath, entry.name);
        const fill = (): string =>
          markers.reduce((text, [marker, value]) => text.replaceAll(marker, localise(asText(value))), readFileSync(file, 'utf8'));
        const name = path.posix.join('/', textAt(properties, 'DestinationBucketKeyPrefix') ?? '', path.relative(folder, file));
        files.set(name, markers.length === 0 ? { file } : { file, text: fill() });
      }
    }
  }
  return files;
};

const send = (response: ServerResponse, status: number, found: DeployedFile | undefined): void => {
  response.setHeader('content-type', mediaTypes[path.extname(found?.file ?? 'not-found.txt')] ?? 'application/octet-stream');
  response.writeHead(status);
  if (found === undefined || found.text !== undefined) response.end(found?.text ?? 'Not found');
  else createReadStream(found.file).pipe(response);
};

type EdgeFunction = (event: string) => unknown;
const isEdgeFunction = (value: unknown): value is EdgeFunction => typeof value === 'function';

/** The template's functions at the edge, by ARN: JSON in, JSON out. */
const edgeFunctions = (model: TemplateModel): ReadonlyMap<string, EdgeFunction> =>
  new Map(
    model.ofType('AWS::CloudFront::Function').map(({ arn, properties }) => {
      const code = `${textAt(properties, 'FunctionCode') ?? ''}\n(event) => JSON.stringify(handler(JSON.parse(event)))`;
      const made: unknown = runInNewContext(code);
      if (!isEdgeFunction(made)) throw new HostError(`${arn} is not a function for the edge.`);
      return [`${arn}/FunctionARN`, made] as const;
    }),
  );

/** The path that the behaviour's viewer-request function lets a request through with. */
const uriAtTheEdge = (functions: ReadonlyMap<string, EdgeFunction>, behaviour: Json | undefined, method: string, asked: string): string =>
  listAt(behaviour, 'FunctionAssociations').reduce<string>((uri, association) => {
    const request = { method, uri, querystring: {}, headers: {}, cookies: {} };
    const result = functions.get(textAt(association, 'FunctionARN') ?? '')?.(JSON.stringify({ version: '1.0', request }));
    const passed = typeof result === 'string' ? textAt(parseJson(result), 'uri') : undefined;
    if (textAt(association, 'EventType') === 'viewer-request' && passed !== undefined) return passed;
    throw new HostError('The local host knows functions at the edge only that let a viewer’s request through.');
  }, asked);

/** The behaviour's header policy, without what makes sense over TLS only and would lock a browser out of this machine. */
const responseHeaders = (model: TemplateModel, behaviour: Json | undefined): readonly (readonly [string, string])[] => {
  const id = textAt(behaviour, 'ResponseHeadersPolicyId');
  const policies = model.ofType('AWS::CloudFront::ResponseHeadersPolicy');
  const config = at(policies.find(({ ref }) => ref === id)?.properties, 'ResponseHeadersPolicyConfig');
  const security = at(config, 'SecurityHeadersConfig');
  const csp = textAt(security, 'ContentSecurityPolicy', 'ContentSecurityPolicy')?.replace(/;?\s*upgrade-insecure-requests/, '');
  const named: readonly (readonly [string, string | undefined])[] = [
    ['content-security-policy', csp],
    ['x-frame-options', textAt(security, 'FrameOptions', 'FrameOption')],
    ['referrer-policy', textAt(security, 'ReferrerPolicy', 'ReferrerPolicy')],
    ['x-content-type-options', at(security, 'ContentTypeOptions') === undefined ? undefined : 'nosniff'],
    ...listAt(config, 'CustomHeadersConfig', 'Items').map((item) => [textAt(item, 'Header') ?? '', textAt(item, 'Value')] as const),
  ];
  return named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
};

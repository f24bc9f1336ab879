import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { matchesPattern } from '../access/policy.ts';
import { HostError } from '../host-error.ts';
import { at, entriesAt, type Json, listAt, parseJson, textAt } from '../template/json.ts';
import type { Resource, TemplateModel } from '../template/template-model.ts';

export interface DistributionOptions {
  readonly model: TemplateModel;
  readonly api: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Puts this machine's addresses in the place of the template's. */
  readonly localise: (text: string) => string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The template's CloudFront distribution: its behaviours, functions, header policies and error pages over the portal's files and the API. */
export const distribution = (options: DistributionOptions): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const { model, localise } = options;
  const config = at(model.ofType('AWS::CloudFront::Distribution')[0]?.properties, 'DistributionConfig');
  const behaviours = [...listAt(config, 'CacheBehaviors'), ...listAt(config, 'DefaultCacheBehavior')];
  const files = deployedFiles(model, localise);

  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://local');
    const behaviour = behaviours.find((candidate) => matchesPattern(textAt(candidate, 'PathPattern') ?? '*', url.pathname));
    if (behaviour === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('The template has no distribution.');
      return;
    }
    const outcome = atTheEdge(model, behaviour, request, url);
    for (const [name, value] of responseHeaders(model, behaviour, localise)) response.setHeader(name, value);
    const status = textAt(outcome, 'statusCode');
    if (status !== undefined) {
      for (const [name, header] of entriesAt(outcome, 'headers')) response.setHeader(name, localise(textAt(header, 'value') ?? ''));
      response.writeHead(Number(status)).end(textAt(outcome, 'body') ?? textAt(outcome, 'body', 'data') ?? '');
      return;
    }
    const uri = textAt(outcome, 'uri') ?? url.pathname;
    const origin = listAt(config, 'Origins').find((candidate) => textAt(candidate, 'Id') === textAt(behaviour, 'TargetOriginId'));
    if (at(origin, 'S3OriginConfig') === undefined) {
      request.url = `${textAt(origin, 'OriginPath') ?? ''}${uri}${url.search}`;
      return options.api(request, response);
    }
    const root = textAt(config, 'DefaultRootObject') ?? 'index.html';
    const found = files.get(uri === '/' ? `/${root}` : uri);
    if (found !== undefined) return send(response, 200, found);
    const page = listAt(config, 'CustomErrorResponses').find((error) => ['403', '404'].includes(textAt(error, 'ErrorCode') ?? ''));
    const fallback = files.get(textAt(page, 'ResponsePagePath') ?? '');
    if (fallback !== undefined) return send(response, Number(textAt(page, 'ResponseCode') ?? '404'), fallback);
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
  };
};

interface DeployedFile {
  readonly file: string;
  /** Only where something had to be put in. */
  readonly text?: string;
}

/** What the template's bucket deployments put into buckets, by URL path. */
const deployedFiles = (model: TemplateModel, localise: (text: string) => string): ReadonlyMap<string, DeployedFile> => {
  const files = new Map<string, DeployedFile>();
  for (const { stack, properties } of model.ofType('Custom::CDKBucketDeployment')) {
    const prefix = textAt(properties, 'DestinationBucketKeyPrefix');
    listAt(properties, 'SourceObjectKeys').forEach((key, index) => {
      const folder = stack.assets.get(String(key));
      if (folder === undefined)
        throw new HostError(`The portal's files (${String(key)}) are not in the assembly: run "npm run synth" again.`);
      const markers = entriesAt(listAt(properties, 'SourceMarkers')[index]);
      for (const file of filesIn(folder)) {
        const name = `/${path.posix.join(prefix ?? '', path.relative(folder, file))}`;
        const filled = markers.length === 0 ? undefined : fillMarkers(file, markers, localise);
        files.set(name, filled === undefined ? { file } : { file, text: filled });
      }
    });
  }
  return files;
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

const fillMarkers = (file: string, markers: readonly (readonly [string, Json])[], localise: (text: string) => string): string =>
  markers.reduce((text, [marker, value]) => text.replaceAll(marker, localise(String(value))), readFileSync(file, 'utf8'));

const send = (response: ServerResponse, status: number, { file, text }: DeployedFile): void => {
  response.setHeader('content-type', mediaTypes[path.extname(file)] ?? 'application/octet-stream');
  response.writeHead(status);
  if (text !== undefined) response.end(text);
  else createReadStream(file).pipe(response);
};

/** Runs the behaviour's viewer-request function; gives the request it lets through, or its own response. */
const atTheEdge = (model: TemplateModel, behaviour: Json, request: IncomingMessage, url: URL): Json => {
  const valued = (entries: readonly (readonly [string, string])[]): Json =>
    Object.fromEntries(entries.map(([name, value]) => [name, { value }]));
  const plain: Json = {
    method: request.method ?? 'GET',
    uri: url.pathname,
    querystring: valued([...url.searchParams]),
    headers: valued(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    cookies: {},
  };
  return listAt(behaviour, 'FunctionAssociations').reduce<Json>((current, association) => {
    if (textAt(association, 'EventType') !== 'viewer-request') throw new HostError('The local host runs viewer-request functions only.');
    const edgeFunction: Resource | undefined = model
      .ofType('AWS::CloudFront::Function')
      .find(({ ref, arn }) => [ref, arn, `${arn}/FunctionARN`].includes(textAt(association, 'FunctionARN') ?? ''));
    const event = {
      version: '1.0',
      context: { eventType: 'viewer-request' },
      viewer: { ip: request.socket.remoteAddress },
      request: current,
    };
    const code = `${textAt(edgeFunction?.properties, 'FunctionCode') ?? ''}\nJSON.stringify(handler(${JSON.stringify(event)}))`;
    const result: unknown = runInNewContext(code, {}, { timeout: 100 });
    return typeof result === 'string' ? parseJson(result) : current;
  }, plain);
};

/** The behaviour's header policy. What only makes sense over TLS would lock a browser out of this machine. */
const responseHeaders = (
  model: TemplateModel,
  behaviour: Json,
  localise: (text: string) => string,
): readonly (readonly [string, string])[] => {
  const id = textAt(behaviour, 'ResponseHeadersPolicyId');
  const policy = model.ofType('AWS::CloudFront::ResponseHeadersPolicy').find(({ ref }) => ref === id);
  const config = at(policy?.properties, 'ResponseHeadersPolicyConfig');
  const security = at(config, 'SecurityHeadersConfig');
  const csp = textAt(security, 'ContentSecurityPolicy', 'ContentSecurityPolicy');
  const named: readonly (readonly [string, string | undefined])[] = [
    ['content-security-policy', csp === undefined ? undefined : localise(csp).replace(/;?\s*upgrade-insecure-requests/, '')],
    ['x-frame-options', textAt(security, 'FrameOptions', 'FrameOption')],
    ['referrer-policy', textAt(security, 'ReferrerPolicy', 'ReferrerPolicy')],
    ['x-content-type-options', at(security, 'ContentTypeOptions') === undefined ? undefined : 'nosniff'],
    ...listAt(config, 'CustomHeadersConfig', 'Items').map(
      (item) => [textAt(item, 'Header') ?? '', localise(textAt(item, 'Value') ?? '')] as const,
    ),
  ];
  return named.flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value] as const]));
};

import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { JwtVerifier } from 'aws-jwt-verify';
import { OAuth2Server } from 'oauth2-mock-server';
import { HostError } from '../host-error.ts';
import { isJsonObject, type JsonObject, listAt, parseJson, textAt, textsAt } from '../template/json.ts';
import type { TemplateModel } from '../template/template-model.ts';

export interface TokenOptions {
  readonly subject?: string;
  readonly expiresInSeconds?: number;
  /** Without it all scopes that the template's resource servers have. */
  readonly scopes?: readonly string[];
  /** Claims to set or replace. */
  readonly claims?: JsonObject;
}

export interface TokenIssuer {
  readonly url: string;
  /** A signed access token as Cognito would issue it to a member of these groups. */
  readonly token: (groups: readonly string[], options?: TokenOptions) => Promise<string>;
  /** The claims of a token that is genuine and current; undefined otherwise. */
  readonly verify: (token: string) => Promise<JsonObject | undefined>;
  readonly stop: () => Promise<void>;
}

/** An OIDC issuer in the place of the template's user pool. */
export const startTokenIssuer = async (model: TemplateModel, port: number, keyFile: string | undefined): Promise<TokenIssuer> => {
  const server = new OAuth2Server();
  const kept = keyFile === undefined ? undefined : readKey(keyFile);
  const key = kept === undefined ? await server.issuer.keys.generate('RS256') : await server.issuer.keys.add({ ...kept });
  if (keyFile !== undefined) writeFileSync(keyFile, JSON.stringify(key), { mode: 0o600 });
  await server.start(port, '127.0.0.1');
  const url = `http://127.0.0.1:${server.address().port}`;
  server.issuer.url = url;
  const [client] = model.ofType('AWS::Cognito::UserPoolClient');
  const clientId = client?.ref ?? 'local';
  const allScopes = model
    .ofType('AWS::Cognito::UserPoolResourceServer')
    .flatMap(({ ref, properties }) => listAt(properties, 'Scopes').map((scope) => `${ref}/${textAt(scope, 'ScopeName') ?? ''}`));
  const verifier = JwtVerifier.create({ issuer: url, audience: null, jwksUri: `${url}/jwks` });
  const jwks = parseJson(await (await fetch(`${url}/jwks`)).text());
  verifier.cacheJwks({
    keys: listAt(jwks, 'keys')
      .filter(isJsonObject)
      .map((jwk) => ({ ...jwk, kty: 'RSA' })),
  });

  return {
    url,
    token: (groups, options = {}) =>
      server.issuer.buildToken({
        expiresIn: options.expiresInSeconds ?? 8 * 60 * 60,
        scopesOrTransform: (_header, payload) => {
          const subject = options.subject ?? `local-${groups.join('-')}`;
          Object.assign(payload, {
            sub: subject,
            username: subject,
            client_id: clientId,
            token_use: 'access',
            scope: (options.scopes ?? allScopes).join(' '),
            'cognito:groups': groups,
            auth_time: payload.iat,
            jti: randomUUID(),
            ...options.claims,
          });
        },
      }),
    verify: async (token) => {
      try {
        const claims = parseJson(JSON.stringify(await verifier.verify(token)));
        return textAt(claims, 'token_use') === 'access' && textAt(claims, 'client_id') === clientId && isJsonObject(claims)
          ? claims
          : undefined;
      } catch {
        return undefined;
      }
    },
    stop: () => server.stop(),
  };
};

const readKey = (file: string): JsonObject | undefined => {
  try {
    const key = parseJson(readFileSync(file, 'utf8'));
    if (isJsonObject(key)) return key;
  } catch {
    return undefined;
  }
  throw new HostError(`${file} is not a signing key: remove it and start again.`);
};

/**
 * Claims as API Gateway hands them to a function behind a Cognito authoriser: every value is text, a list is joined by
 * commas, an instant is written out.
 */
export const authorizerClaims = (claims: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      if (['exp', 'iat', 'auth_time'].includes(name) && typeof value === 'number') return [name, writtenOut(value)];
      return [name, Array.isArray(value) ? textsAt(value).join(',') : String(value)];
    }),
  );

/** `Mon Nov 23 12:00:00 UTC 2026` */
const writtenOut = (seconds: number): string => {
  const [, day = '', date = '', month = '', year = '', time = ''] =
    /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(seconds * 1000).toUTCString()) ?? [];
  return `${day} ${month} ${date} ${time} UTC ${year}`;
};

import { randomUUID } from 'node:crypto';
import { JwtVerifier } from 'aws-jwt-verify';
import { OAuth2Server } from 'oauth2-mock-server';
import { errorCode, HostError } from '../../host-error.ts';
import { asJson, asText, isJsonObject, type JsonObject, listAt, textAt, textsAt } from '../../json.ts';
import type { TemplateModel } from '../../template/template-model.ts';

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
  /** To sign in the same way after a restart. */
  readonly signingKey: JsonObject;
  /** A signed access token as Cognito would issue it to a member of these groups. */
  readonly token: (groups: readonly string[], options?: TokenOptions) => Promise<string>;
  /** The claims of a token that is genuine and current; undefined otherwise. */
  readonly verify: (token: string) => JsonObject | undefined;
  readonly stop: () => Promise<void>;
}

/** An OIDC issuer in the place of the template's user pool. */
export const startTokenIssuer = async (model: TemplateModel, port: number, keptKey: JsonObject | undefined): Promise<TokenIssuer> => {
  const server = new OAuth2Server();
  const key = keptKey === undefined ? await server.issuer.keys.generate('RS256') : await server.issuer.keys.add({ ...keptKey });
  await server.start(port, '127.0.0.1').catch((error: unknown) => {
    throw errorCode(error) === 'EADDRINUSE' ? new HostError(`Port ${port} for the token issuer is taken: choose another port.`) : error;
  });
  const url = `http://127.0.0.1:${server.address().port}`;
  server.issuer.url = url;
  const clientId = model.ofType('AWS::Cognito::UserPoolClient')[0]?.ref ?? '';
  const allScopes = model
    .ofType('AWS::Cognito::UserPoolResourceServer')
    .flatMap(({ ref, properties }) => listAt(properties, 'Scopes').map((scope) => `${ref}/${textAt(scope, 'ScopeName') ?? ''}`));
  const verifier = JwtVerifier.create({ issuer: url, audience: null, jwksUri: `${url}/jwks` });
  verifier.cacheJwks({ keys: server.issuer.keys.toJSON().map((jwk) => ({ ...jwk, kty: 'RSA' })) });

  return {
    url,
    signingKey: asObject(key),
    token: (groups, { subject = `local-${groups.join('-')}`, expiresInSeconds = 8 * 60 * 60, scopes = allScopes, claims = {} } = {}) =>
      server.issuer.buildToken({
        expiresIn: expiresInSeconds,
        scopesOrTransform: (_header, payload) => {
          const cognito = { client_id: clientId, token_use: 'access', scope: scopes.join(' '), 'cognito:groups': groups };
          Object.assign(payload, { sub: subject, username: subject, auth_time: payload.iat, jti: randomUUID() }, cognito, claims);
        },
      }),
    verify: (token) => {
      try {
        const claims = asObject(verifier.verifySync(token));
        return claims['token_use'] === 'access' && claims['client_id'] === clientId ? claims : undefined;
      } catch {
        return undefined;
      }
    },
    stop: () => server.stop(),
  };
};

const asObject = (value: object): JsonObject => {
  const json = asJson(value);
  return isJsonObject(json) ? json : {};
};

/**
 * Claims as API Gateway hands them to a function behind a Cognito authoriser: every value is text, a list is joined by
 * commas, an instant is written out.
 */
export const authorizerClaims = (claims: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      if (['exp', 'iat', 'auth_time'].includes(name) && typeof value === 'number') return [name, writtenOut(value)];
      return [name, Array.isArray(value) ? textsAt(value).join(',') : asText(value)];
    }),
  );

/** `Mon Nov 23 12:00:00 UTC 2026` */
const writtenOut = (seconds: number): string =>
  new Date(seconds * 1000).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 UTC $4');

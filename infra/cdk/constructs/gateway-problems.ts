import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { problems, problemType, type ProblemCode } from '#shared/contracts/http/problems.ts';

/** What the gateway itself refuses, in the same words as what a function refuses. */
const answers: readonly (readonly [ResponseType, ProblemCode])[] = [
  [ResponseType.UNAUTHORIZED, 'unauthenticated'],
  [ResponseType.EXPIRED_TOKEN, 'unauthenticated'],
  [ResponseType.ACCESS_DENIED, 'unauthenticated'],
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, 'not-found'],
  [ResponseType.RESOURCE_NOT_FOUND, 'not-found'],
  [ResponseType.REQUEST_TOO_LARGE, 'body-too-large'],
  [ResponseType.UNSUPPORTED_MEDIA_TYPE, 'unsupported-media-type'],
  [ResponseType.THROTTLED, 'too-many-requests'],
  [ResponseType.QUOTA_EXCEEDED, 'too-many-requests'],
  [ResponseType.WAF_FILTERED, 'invalid-request'],
  [ResponseType.BAD_REQUEST_BODY, 'invalid-request'],
  [ResponseType.BAD_REQUEST_PARAMETERS, 'invalid-request'],
  [ResponseType.DEFAULT_4XX, 'invalid-request'],
  [ResponseType.INTEGRATION_TIMEOUT, 'try-again'],
  [ResponseType.DEFAULT_5XX, 'internal-error'],
];

export const addGatewayProblems = (api: RestApi): void => {
  for (const [type, code] of answers) {
    const { status, title, detail } = problems[code];
    const body = JSON.stringify({ type: problemType(code), title, status, detail, code });
    // Only the gateway can fill in its own request's id; it is the correlation id of the access log too.
    const template = body.replace(/\}$/, ',"correlationId":"$context.requestId"}');
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(status),
      responseHeaders: {
        'content-type': "'application/problem+json'",
        'cache-control': "'no-store'",
        'strict-transport-security': "'max-age=63072000; includeSubDomains; preload'",
        'x-content-type-options': "'nosniff'",
      },
      templates: { 'application/json': template },
    });
  }
};

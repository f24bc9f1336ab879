import type { MiddlewareObj, MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { ApiEvent } from './api-event.ts';
import type { ErrorAnswer, HttpAnswer } from './error-answer.ts';
import type { Answer } from './handle.ts';

/** What a function's bodies and answers are. Who may ask, what is recorded and how it is refused is the same in each. */
export interface Medium {
  /** Round everything: what every answer of this kind says about itself. */
  readonly headers: readonly MiddlewareObj<APIGatewayProxyEvent, HttpAnswer>[];
  /** Of routes whose table row has a body: refuses what is too much, then parses. */
  readonly readBody: (pipeline: MiddyfiedHandler<ApiEvent, Answer>) => unknown;
  readonly success: (answer: Answer) => HttpAnswer;
  readonly problem: (answer: ErrorAnswer, correlationId: string, event: ApiEvent) => HttpAnswer;
}

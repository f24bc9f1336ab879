import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Principal } from '../../domain/access/access.ts';

/** What is known about a call as it passes through the layers. */
interface Call {
  readonly correlationId: string;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
  operationId?: string;
  principal?: Principal;
}

/** The gateway's event with the call's own state; the body is text until it has been parsed. */
export interface ApiEvent extends Omit<APIGatewayProxyEvent, 'body'> {
  call: Call;
  body: unknown;
}

import { readEnvironment } from '#shared/platform/environment.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { envSchema } from './config.ts';
import { routes } from './routes.ts';
import { wire } from './wiring.ts';

const wiring = wire(readEnvironment(envSchema));

/** `/v1/reviews`, `/v1/judgements`, and what people are made of. */
export const handler = httpHandler(routes(wiring), { audit: wiring.audit });

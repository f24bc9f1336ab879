import { readEnvironment } from '#shared/platform/environment.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { envSchema } from './config.ts';
import { routes } from './routes.ts';
import { wire } from './wiring.ts';

const wiring = wire(readEnvironment(envSchema));

/** What is decided about families, recorded of the work with them, reached and claimed, for staff. */
export const handler = httpHandler(routes(wiring), { audit: wiring.audit });

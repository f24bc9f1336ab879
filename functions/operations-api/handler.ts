import { readEnvironment } from '#shared/platform/environment.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { envSchema } from './config.ts';
import { routes } from './routes.ts';
import { wire } from './wiring.ts';

const wiring = wire(readEnvironment(envSchema));

/** What is stuck, for those who run the service. */
export const handler = httpHandler(routes(wiring), { audit: wiring.audit });

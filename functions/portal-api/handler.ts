import { readEnvironment } from '#shared/platform/environment.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { envSchema } from './config.ts';
import { routes } from './routes.ts';
import { wire } from './wiring.ts';

const wiring = await wire(readEnvironment(envSchema));

/** The partner's side of an upload link: open it, ask for a place for a file, see what came of it. */
export const handler = httpHandler(routes(wiring), { audit: wiring.audit });

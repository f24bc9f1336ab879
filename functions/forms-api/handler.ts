import { readEnvironment } from '#shared/platform/environment.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { pageMedium } from '#shared/platform/http/page-medium.ts';
import { envSchema } from './config.ts';
import { problemPage } from './pages/problem-page.ts';
import { routes } from './routes.ts';
import { wire } from './wiring.ts';

const wiring = await wire(readEnvironment(envSchema));

/** The upload page for browsers that run no scripts: the partner's side of a link as plain forms. */
export const handler = httpHandler(routes(wiring), {
  audit: wiring.audit,
  medium: pageMedium(wiring.portalOrigin, problemPage(wiring.councilName)),
});

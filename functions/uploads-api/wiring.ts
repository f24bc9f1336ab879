import { documentClient } from '#shared/platform/aws-clients.ts';
import { newId } from '#shared/platform/ids.ts';
import { uploadsTables } from '#shared/store/uploads/uploads-tables.ts';
import type { Environment } from './config.ts';

export type Wiring = ReturnType<typeof wire>;

export const wire = (environment: Environment) => uploadsTables(documentClient(), environment, newId);

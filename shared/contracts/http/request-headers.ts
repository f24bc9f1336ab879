import * as z from 'zod';
import { purposeSchema } from '../../domain/access/access.ts';

/** Header names are lower case here, as requests are normalised to. */
export const requestHeaders = {
  purpose: purposeSchema.meta({ description: 'Why you need this personal data. Recorded with your name.' }),
  idempotencyKey: z
    .string()
    .regex(/^[\w-]{16,64}$/)
    .meta({
      description:
        'A key of your own for this request, such as a new UUID. The same key with the same request answers the same and does nothing twice.',
      examples: ['0b0f4a0e-6b6f-4a57-9c39-0d9a3c8f2b11'],
    }),
  ifMatch: z
    .string()
    .regex(/^"\d{1,15}"$/)
    .meta({ description: 'The ETag of what you read', examples: ['"3"'] }),
  requestId: z.union([z.uuid(), z.ulid()]).meta({ description: 'A ULID or UUID of your own; comes back as the correlation id' }),
} as const;

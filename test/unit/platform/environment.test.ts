import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '#shared/platform/environment.ts';

const schema = z.object({ STAGE: z.string(), UPLOADS_TABLE: z.string(), PORTAL_ORIGIN: z.url() });

describe('reading the environment', () => {
  it('gives the variables of the schema and no others', () => {
    const variables = { STAGE: 'dev', UPLOADS_TABLE: 'uploads', PORTAL_ORIGIN: 'https://portal.example', AWS_SECRET_ACCESS_KEY: 'x' };
    expect(readEnvironment(schema, variables)).toEqual({ STAGE: 'dev', UPLOADS_TABLE: 'uploads', PORTAL_ORIGIN: 'https://portal.example' });
  });

  it('names everything that is missing or wrong in one error, and no value', () => {
    expect(() => readEnvironment(schema, { PORTAL_ORIGIN: 'not-an-address' })).toThrow(
      new Error('The function cannot start. Missing environment variables: STAGE, UPLOADS_TABLE. Not valid: PORTAL_ORIGIN.'),
    );
  });
});

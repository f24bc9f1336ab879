import { describe, expect, it } from 'vitest';
import { log, logEvents } from '#shared/platform/logging/log.ts';
import { fieldErrors } from '#shared/platform/http/field-errors.ts';
import { logFields } from '#shared/platform/observability-catalogue.ts';
import * as z from 'zod';
import { canary, disguised, disguiseNames, leaksIn } from '../../support/canaries.ts';
import { capturedOutput } from '../../support/captured-output.ts';

const fields = Object.entries(canary);

describe('the search for canaries', () => {
  it.each(disguiseNames)('finds every value that comes out %s', (name) => {
    for (const [field, value] of fields) {
      for (const needle of disguised(value, name)) {
        expect(leaksIn(`{"message":"x","detail":"before ${needle} after"}`).join(), field).toContain(field);
      }
    }
  });

  it('finds them inside longer base64, wherever they begin', () => {
    for (const [field, value] of fields) {
      for (const before of ['', 'a', 'ab', 'abc', '{"name":"']) {
        expect(leaksIn(Buffer.from(`${before}${value}"}`).toString('base64')).join(), `${field} after ${before}`).toContain(field);
      }
    }
  });

  it('finds nothing where nothing is', () => {
    expect(leaksIn(JSON.stringify(logFields) + JSON.stringify(logEvents))).toEqual([]);
    expect(leaksIn('{"message":"upload.completed","rows":2013,"correlationId":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}')).toEqual([]);
  });
});

describe('what leaks nothing', () => {
  it('a log line with an error made of personal data, its name, code and cause, too', async () => {
    for (const [, value] of fields) {
      const output = await capturedOutput(() => {
        const error = Object.assign(new Error(value, { cause: new Error(value) }), {
          name: value.replaceAll(' ', '-'),
          code: `${value} ${value}`,
          $metadata: { httpStatusCode: value },
        });
        log.error(logEvents.requestFailed, {}, error);
        log.warn(logEvents.requestFailed, {}, value);
      });
      expect(leaksIn(output)).toEqual([]);
    }
  });

  it('a field error about keys and values made of personal data', () => {
    const schema = z.object({
      body: z.strictObject({
        name: z.enum(['a']),
        dates: z.record(z.string(), z.iso.date()),
        list: z.array(z.number()),
        id: z.ulid(),
        either: z.union([z.string().max(2), z.number()]),
      }),
    });
    for (const [, value] of fields) {
      const result = schema.safeParse({
        body: { name: value, dates: { [value]: value }, list: [value], id: value, either: value, [value]: value },
      });
      if (result.success) throw new Error('should not parse');
      const errors = fieldErrors('body', schema, result.error);
      expect(errors.length).toBeGreaterThan(3);
      expect(leaksIn(JSON.stringify(errors))).toEqual([]);
    }
  });
});

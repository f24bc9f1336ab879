import fc from 'fast-check';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { describeError } from '#shared/platform/logging/describe-error.ts';
import { allowedFields } from '#shared/platform/logging/log-fields.ts';
import { log, logEvents } from '#shared/platform/logging/log.ts';
import { count, flushMetrics } from '#shared/platform/metrics/count.ts';
import { logFields, metrics } from '#shared/platform/observability-catalogue.ts';
import { capturedOutput, jsonLines } from '../../support/captured-output.ts';

/** What must never be logged, whoever puts it into which field. */
const personalData = [
  '9434765919',
  '943 476 5919',
  'A123456789012',
  'QQ123456C',
  'Aoife Example',
  'L36 9GL',
  '2015-03-09',
  'aoife@example.org',
  '07700 900123',
];

describe('the allow-list of log fields', () => {
  it('lets ids, codes and counts through', () => {
    const fields = { uploadId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', feed: 'school-roll', rows: 5000 };
    expect(allowedFields(fields)).toEqual(fields);
  });

  it('leaves out what the catalogue does not name', () => {
    expect(allowedFields({ body: 'x', surname: 'Example', rows: 1 })).toEqual({ rows: 1 });
  });

  it.each(personalData)('withholds %s in any field', (value) => {
    for (const name of Object.keys(logFields)) {
      expect(JSON.stringify(allowedFields({ [name]: value }))).not.toContain(value);
      expect(JSON.stringify(allowedFields({ [name]: [value] }))).not.toContain(value);
      expect(JSON.stringify(allowedFields({ [name]: { nested: value } }))).not.toContain(value);
    }
  });

  it('withholds an NHS number that comes as a number', () => {
    for (const name of Object.keys(logFields)) expect(JSON.stringify(allowedFields({ [name]: 9434765919 }))).not.toContain('9434765919');
  });

  it('gives nothing but catalogue names, whatever goes in', () => {
    const names = Object.keys(logFields);
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...names)), fc.anything()), (fields) => {
        const allowed = allowedFields(fields);
        expect(names).toEqual(expect.arrayContaining(Object.keys(allowed)));
        expect(JSON.stringify(allowed).length).toBeLessThan(8192);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('a log line', () => {
  it('is one line of JSON with the event as its message', async () => {
    const output = await capturedOutput(() => {
      log.info(logEvents.uploadCompleted, { uploadId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', rows: 3 });
    });
    expect(output.trimEnd().split('\n')).toHaveLength(1);
    expect(jsonLines(output)).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'upload.completed',
        uploadId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
        rows: 3,
        service: 'stronger-families',
      }),
    ]);
  });

  it('says of an error where it was thrown and never what it says', async () => {
    const output = await capturedOutput(() => {
      const error = Object.assign(new TypeError('cannot read 9434765919 of Aoife Example'), { code: 'ERR_BAD', detail: 'Aoife Example' });
      log.error(logEvents.requestFailed, { code: 'internal-error' }, error);
    });
    for (const value of personalData) expect(output).not.toContain(value);
    expect(jsonLines(output)).toEqual([expect.objectContaining({ level: 'ERROR', errorName: 'TypeError', errorCode: 'ERR_BAD' })]);
  });
});

describe('describing an error', () => {
  it('gives the code and depth of a failed parse, no value and no key', () => {
    const result = z
      .object({ person: z.strictObject({ nhsNumber: z.number() }) })
      .safeParse({ person: { nhsNumber: '9434765919', 'Aoife Example': 1 } });
    const fields = describeError(result.error);
    expect(fields.errorIssues).toEqual(['invalid_type.depth-2', 'unrecognized_keys.depth-1']);
    for (const value of personalData) expect(JSON.stringify(fields)).not.toContain(value);
  });

  it('reads name, code and HTTP status of the SDK’s errors', () => {
    const error = Object.assign(new Error('Table Uploads-1 of 111122223333'), {
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 400 },
    });
    expect(describeError(error)).toMatchObject({ errorName: 'ResourceNotFoundException', errorStatus: 400 });
  });

  it('keeps frames of our own source and leaves the machine’s paths out', () => {
    const error = new Error('x');
    error.stack =
      'Error: Aoife Example\n    at f (/home/someone/project/shared/services/x.ts:3:7)\n    at g (/home/someone/node_modules/zod/v4/core.js:1:1)\n    at file:///var/task/index.mjs:1:99';
    expect(describeError(error).errorFrames).toEqual(['shared/services/x.ts:3:7', 'index.mjs:1:99']);
  });

  it('does not believe everything thrown to be an error', () => {
    expect(describeError('Aoife Example')).toEqual({ errorName: 'NotAnError' });
    expect(describeError(undefined)).toEqual({ errorName: 'NotAnError' });
  });
});

describe('metrics', () => {
  it('go out as one line of the embedded metric format, under the names of the catalogue', async () => {
    const output = await capturedOutput(() => {
      count(metrics.rowsApplied, 5);
      count(metrics.rowsApplied, 2);
      flushMetrics();
      flushMetrics();
    });
    const lines = jsonLines(output);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      RowsApplied: [5, 2],
      service: 'stronger-families',
      stage: 'none',
      _aws: { CloudWatchMetrics: [{ Namespace: 'StrongerFamilies', Metrics: [{ Name: 'RowsApplied', Unit: 'Count' }] }] },
    });
  });
});

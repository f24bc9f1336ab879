import { expect, it } from 'vitest';
import { cleanObjectCreatedSchema, ingestMessageSchema } from '#shared/contracts/events/ingest-message.ts';

const created = {
  version: '0',
  id: '17793124-05d4-b198-2fde-7ededc63b103',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: '111122223333',
  time: '2026-01-10T12:00:00Z',
  region: 'eu-west-2',
  resources: ['arn:aws:s3:::clean'],
  detail: {
    version: '0',
    bucket: { name: 'clean' },
    object: {
      key: 'c/01J8Z3Q5V7X9B1D3F5H7K9M1P3',
      size: 5,
      etag: 'b1946ac92492d2347c6235b4d2611184',
      'version-id': 'IYV3p45BT0ac8hjHg1houSdS1a.Mro8e',
      sequencer: '617f08299329d189',
    },
    'request-id': 'N4N7GDK58NMKJ12R',
    requester: '123456789012',
    reason: 'CopyObject',
  },
};

it('takes the event of an object that arrived, as EventBridge sends it', () => {
  const message = cleanObjectCreatedSchema.parse(created);
  expect(message).toMatchObject({ detail: { bucket: { name: 'clean' }, object: { key: 'c/01J8Z3Q5V7X9B1D3F5H7K9M1P3' } } });
});

it('does not take a file in before it was looked at as a whole', () => {
  expect(ingestMessageSchema.safeParse(created).success).toBe(false);
});

it('takes the request to go on', () => {
  const message = { kind: 'continue', uploadId: '01J8Z3Q5V7X9B1D3F5H7K9M1P3' };
  expect(ingestMessageSchema.parse(message)).toEqual(message);
});

it.each([
  ['another event', { ...created, 'detail-type': 'Object Deleted' }],
  ['another source', { ...created, source: 'aws.guardduty' }],
  ['no key', { ...created, detail: { bucket: { name: 'clean' }, object: {} } }],
  ['an id that is none', { kind: 'continue', uploadId: 'x' }],
  ['nothing', {}],
])('takes nothing else: %s', (_, message) => {
  expect(cleanObjectCreatedSchema.safeParse(message).success).toBe(false);
  expect(ingestMessageSchema.safeParse(message).success).toBe(false);
});

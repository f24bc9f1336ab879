import { randomUUID } from 'node:crypto';
import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { deadLetterRoutes } from '#shared/contracts/http/dead-letter-routes.ts';
import { schoolRollCsv, manyPupils } from '../../support/school-roll-csv.ts';
import { useSystem } from '../../support/system.ts';

const [countDeadLetters, listDeadLetters, replayDeadLetters] = deadLetterRoutes;

const system = useSystem();
const queueOf = (name: string): string => {
  const found = system()
    .host.model.ofType('AWS::SQS::Queue')
    .find(({ logicalId }) => logicalId.startsWith(`Queues${name}`));
  if (!found) throw new Error(`the template has no queue ${name}`);
  return found.ref;
};
const newKey = () => ({ 'idempotency-key': randomUUID() });

it('A message that nobody could do is found with its upload and the reason, and goes on when it is sent back', async () => {
  const { as, issueLink, send, change, host, upload } = system();
  const link = await issueLink({ agency: 'northfield-academy', feed: 'school-roll' });
  const { uploadId } = await send(link, schoolRollCsv(manyPupils(3)));
  expect((await upload(uploadId)).state).toBe('completed');
  // A stored upload that no longer parses: the worker fails at it each time.
  const key = { pk: `UPLOAD#${uploadId}`, sk: 'UPLOAD' };
  await change('Uploads', key, { state: 'ready', size: 'Aoife Example' });
  await host.put(queueOf('IngestQueue'), JSON.stringify({ kind: 'continue', uploadId }));
  await host.put(queueOf('IngestQueue'), '{"name":"Aoife Example"}');
  await host.drained();

  const admin = await as('administrator');
  expect((await admin(countDeadLetters, {})).items).toEqual([
    { queue: 'screen', messages: 0 },
    { queue: 'weigh', messages: 0 },
    { queue: 'ingest', messages: 2 },
    { queue: 'assess', messages: 0 },
    { queue: 'undelivered', messages: 0 },
  ]);
  const path = { queue: 'ingest' };
  const page = await admin(listDeadLetters, { path });
  expect(page).toMatchObject({ isWhole: true, replays: [] });
  const [stuck, foreign] = ['continue', 'unreadable'].map((kind) => page.items.find((item) => item.kind === kind));
  expect(stuck).toMatchObject({ uploadId, failure: { errorName: 'ZodError' } });
  expect(stuck?.failure?.errorFrames?.length).toBeGreaterThan(0);
  expect(foreign).toMatchObject({ failure: { errorName: 'PoisonMessage' } });
  expect(foreign?.uploadId).toBeUndefined();
  expect(JSON.stringify(page)).not.toContain('Aoife');
  expect(stuck?.received).toBeGreaterThanOrEqual(5);
  // Looking changes nothing: both are seen again at once.
  expect((await admin(listDeadLetters, { path })).items.map(({ messageId }) => messageId).sort()).toEqual(
    page.items.map(({ messageId }) => messageId).sort(),
  );

  await change('Uploads', key, { size: 100 });
  const request = { path, headers: newKey(), body: { reason: 'The stored size is right again' } };
  const done = await admin(replayDeadLetters, request);
  expect(done).toMatchObject({
    reason: 'The stored size is right again',
    sent: [stuck?.messageId],
    unreadable: [foreign?.messageId],
    missing: [],
  });
  await host.drained();
  // The same request again sends nothing twice.
  expect(await admin(replayDeadLetters, request)).toMatchObject({ replayId: done.replayId, sent: [], missing: [stuck?.messageId] });
  const ready = host.messages().filter(({ queue, body }) => queue === queueOf('IngestQueue').split('/').at(-1) && body.includes(uploadId));
  expect(ready.length).toBeGreaterThanOrEqual(2);
  const after = await admin(listDeadLetters, { path });
  expect(after.items.map(({ messageId }) => messageId)).toEqual([foreign?.messageId]);
  expect(after.replays).toEqual([expect.objectContaining({ replayId: done.replayId, reason: 'The stored size is right again' })]);
  expect(host.logs().filter(({ line }) => line.includes('is not allowed'))).toEqual([]);
});

it('Events that reached no queue go to the worker whose they are, chosen one by one', async () => {
  const { as, host } = system();
  const uploadId = ulid();
  const created = {
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'clean' }, object: { key: `c/${uploadId}` } },
  };
  const newDay = { source: 'aws.events', 'detail-type': 'Scheduled Event' };
  await host.put(queueOf('Undelivered'), JSON.stringify(created));
  await host.put(queueOf('Undelivered'), JSON.stringify(newDay));
  const admin = await as('administrator');
  const path = { queue: 'undelivered' };
  const { items } = await admin(listDeadLetters, { path });
  expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['file-is-clean', 'due-families']));
  const chosen = items.find(({ kind }) => kind === 'file-is-clean');
  expect(chosen?.uploadId).toBe(uploadId);

  const messageIds = [chosen?.messageId ?? '', randomUUID()];
  const done = await admin(replayDeadLetters, { path, headers: newKey(), body: { reason: 'The rule may send again', messageIds } });
  expect(done).toMatchObject({ sent: [messageIds[0]], missing: [messageIds[1]] });
  await host.drained();
  const sentTo = host.messages().filter(({ body }) => body === JSON.stringify(created));
  expect(sentTo.at(-1)?.queue).toBe(queueOf('WeighQueue').split('/').at(-1));
  expect((await admin(listDeadLetters, { path })).items.map(({ kind }) => kind)).toEqual(['due-families']);
});

it('Nobody but an administrator sees them, and each look and each replay is on record', async () => {
  const { as, items } = system();
  const officer = await as('programme-officer');
  await expect(officer(countDeadLetters, {})).rejects.toThrow('forbidden');
  await expect(officer(listDeadLetters, { path: { queue: 'ingest' } })).rejects.toThrow('forbidden');
  const entries = (await items('Audit')).filter(({ action }) => /DeadLetters$/.test(String(action)));
  expect(new Set(entries.map(({ action, result }) => `${String(action)} ${String(result)}`))).toEqual(
    new Set([
      'countDeadLetters shown',
      'listDeadLetters shown',
      'replayDeadLetters changed',
      'countDeadLetters refused',
      'listDeadLetters refused',
    ]),
  );
});

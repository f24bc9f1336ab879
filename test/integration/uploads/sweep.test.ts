import { ulid } from 'ulid';
import { beforeEach, describe, expect, it } from 'vitest';
import { sweepUploads, type UploadSweepPorts, type UploadSweepStep } from '#shared/services/screening/sweep-uploads.ts';
import type { Hold } from '#shared/domain/uploads/upload.ts';
import { cleanKey } from '#shared/services/uploads/object-store.ts';
import { createGrant } from '#shared/services/uploads/create-grant.ts';
import { anUpload } from '#test/support/an-upload.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { portalWorld, sha256, type PortalWorld } from '#test/support/portal-world.ts';

const database = useDynamoDb();
const start = '2026-11-23T09:00:00.000Z';
let world: PortalWorld;
/** Keys that are taken; both buckets in one, their keys differ. */
let stored: Set<string>;
let sent: unknown[];
let ports: UploadSweepPorts;

beforeEach(() => {
  world = portalWorld(database());
  stored = new Set();
  sent = [];
  const listing = { has: (key: string) => Promise.resolve(stored.has(key)) };
  const queue = (name: string) => ({
    send: (messages: readonly unknown[]) => {
      sent.push(...messages.map((message) => [name, message]));
      return Promise.resolve();
    },
  });
  ports = {
    uploads: world.ports.uploads,
    quarantine: listing,
    clean: listing,
    screenQueue: queue('screen'),
    weighQueue: queue('weigh'),
    ingestQueue: queue('ingest'),
    clock: world.ports.clock,
  };
});

const granted = async (isSent: boolean): Promise<string> => {
  const { session, link } = await world.issueLink();
  const content = ulid();
  const { grant } = await createGrant(world.ports, { session, sha256: sha256(content), size: content.length, contentType: 'text/csv' });
  if (isSent) stored.add(`q/${link.linkId}/${grant.uploadId}`);
  return grant.uploadId;
};
const clean = async (isCopied: boolean): Promise<string> => {
  const uploadId = await granted(true);
  await world.ports.uploads.markClean(uploadId, 'v', start);
  if (isCopied) stored.add(cleanKey(uploadId));
  return uploadId;
};
/** Weighed, and taken in or waiting for a person. */
const ready = async (hold?: Hold): Promise<string> => {
  const uploadId = await clean(true);
  await world.ports.weighings.markWeighed(anUpload({ uploadId }), undefined, { at: start, hold });
  return uploadId;
};
const held = async (until: string): Promise<string> => {
  const uploadId = await ready();
  await world.ports.uploads.claimUpload(uploadId, { owner: 'worker', until, at: start });
  return uploadId;
};

/** What the sweep at that time did, about these uploads. */
const sweepAt = async (time: string, ...uploadIds: readonly string[]): Promise<readonly (UploadSweepStep['kind'] | undefined)[]> => {
  world.setNow(`2026-11-${time}.000Z`);
  const did = new Map<string, UploadSweepStep['kind']>();
  for await (const { kind, upload } of sweepUploads(ports)) did.set(upload.uploadId, kind);
  world.setNow(start);
  return uploadIds.map((uploadId) => did.get(uploadId));
};
const sentAbout = (uploadId: string) => sent.filter((entry) => JSON.stringify(entry).includes(uploadId));

describe('The sweep', () => {
  it('sends each stalled upload to where it goes on', async () => {
    const [copied, weighed, uncopied, orphaned, working] = [
      await clean(true),
      await ready(),
      await clean(false),
      await held('2026-11-23T09:05:00.000Z'),
      await held('2026-11-23T09:20:00.000Z'),
    ];
    expect(await sweepAt('23T09:06:00', copied, weighed, uncopied, orphaned, working)).toEqual([
      'sent-to-weigh',
      'sent-to-ingest',
      'sent-to-screen',
      'sent-to-ingest',
      'left',
    ]);
    expect(sentAbout(copied)).toEqual([['weigh', { kind: 'weigh', uploadId: copied }]]);
    expect(sentAbout(weighed)).toEqual([['ingest', { kind: 'continue', uploadId: weighed }]]);
    expect(sentAbout(uncopied)).toEqual([['screen', { kind: 'promote', uploadId: uncopied }]]);
    expect(sentAbout(orphaned)).toEqual([['ingest', { kind: 'continue', uploadId: orphaned }]]);
    expect(sentAbout(working)).toEqual([]);
  });

  it('has an upload whose worker died go on two minutes after its last step', async () => {
    const orphaned = await held('2026-11-23T09:02:00.000Z');
    expect(await sweepAt('23T09:01:59', orphaned)).toEqual([undefined]);
    expect(await sweepAt('23T09:02:01', orphaned)).toEqual(['sent-to-ingest']);
  });

  it('expires what never came; has a lost verdict looked for, reports what nobody judged, and gives that up after a day', async () => {
    const [neverCame, unjudged] = [await granted(false), await granted(true)];
    expect(await sweepAt('23T09:06:00', neverCame, unjudged)).toEqual(['left', 'sent-to-screen']);
    expect(sentAbout(unjudged)).toEqual([['screen', { kind: 'look-for-verdict', uploadId: unjudged }]]);
    expect(await sweepAt('23T10:04:00', neverCame, unjudged)).toEqual(['left', 'unscreened']);
    expect(sentAbout(unjudged)).toHaveLength(2);
    expect(await sweepAt('23T10:06:00', neverCame, unjudged)).toEqual(['expired', 'unscreened']);
    expect(await sweepAt('24T09:00:00', neverCame, unjudged)).toEqual([undefined, 'given-up']);
    expect(await sweepAt('25T09:00:00', neverCame, unjudged)).toEqual([undefined, undefined]);
    const held = await world.ports.uploads.findUploads([neverCame, unjudged]);
    expect(held.map(({ state, refusal }) => [state, refusal?.code])).toEqual([
      ['expired', undefined],
      ['refused', 'scan-not-possible'],
    ]);
  });

  it('leaves a held file to its person, reports one held for three days, and gives it back before its bytes end', async () => {
    const findings = [{ code: 'far-fewer-rows' as const, message: 'm', forSender: 'f' }];
    const uploadId = await ready({ at: start, findings });
    expect(await sweepAt('25T09:00:00', uploadId)).toEqual(['left']);
    expect(await sweepAt('26T09:00:00', uploadId)).toEqual(['held-long']);
    expect(sentAbout(uploadId)).toEqual([]);
    world.setNow('2026-12-21T09:00:00.000Z');
    const steps: string[] = [];
    for await (const { kind, upload } of sweepUploads(ports)) if (upload.uploadId === uploadId) steps.push(kind);
    expect(steps).toEqual(['given-back']);
    expect((await world.ports.uploads.findUpload(uploadId))?.refusal?.code).toBe('held-too-long');
    expect((await world.ports.held.listHeldUploads({ limit: 100 })).items.map((each) => each.uploadId)).not.toContain(uploadId);
  });

  it('leaves alone what has just moved', async () => {
    const uploadId = await clean(true);
    expect(await sweepAt('23T09:01:59', uploadId)).toEqual([undefined]);
    expect(await sweepAt('23T09:04:00', uploadId)).toEqual(['left']);
    expect(sentAbout(uploadId)).toEqual([]);
  });

  it('goes on to the others when one cannot be helped', async () => {
    const [first, second, third] = [await clean(true), await clean(false), await clean(true)];
    ports = { ...ports, screenQueue: { send: () => Promise.reject(new Error('queue is down')) } };
    expect(await sweepAt('23T09:06:00', first, second, third)).toEqual(['sent-to-weigh', 'failed', 'sent-to-weigh']);
  });

  it('goes through more uploads than fit one page', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 60; count += 1) ids.push(await clean(true));
    expect(new Set(await sweepAt('23T09:06:00', ...ids))).toEqual(new Set(['sent-to-weigh']));
  });

  it('does not expire an upload that its verdict reached in the same moment', async () => {
    const uploadId = await granted(false);
    ports = {
      ...ports,
      quarantine: {
        has: async () => {
          await world.ports.uploads.markClean(uploadId, 'v', '2026-11-23T10:30:00.000Z');
          return false;
        },
      },
    };
    expect(await sweepAt('23T10:30:00', uploadId)).toEqual(['left']);
    expect((await world.ports.uploads.findUpload(uploadId))?.state).toBe('clean');
  });
});

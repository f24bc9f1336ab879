import { beforeAll, describe, expect, it } from 'vitest';
import { largestUpload, startCheckpoint } from '#shared/domain/uploads/upload.ts';
import { revokeLink } from '#shared/services/links/revoke-link.ts';
import { Refusal } from '#shared/services/refusal.ts';
import { createGrant } from '#shared/services/uploads/create-grant.ts';
import { anUpload } from '#test/support/an-upload.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { portalWorld, sha256, type PortalWorld } from '#test/support/portal-world.ts';

const database = useDynamoDb();
let world: PortalWorld;
beforeAll(() => {
  world = portalWorld(database());
});

const ask = (session: string, content = 'a,b\n1,2\n', size = content.length) =>
  createGrant(world.ports, { session, sha256: sha256(content), size, contentType: 'text/csv' });

const refusal = async (attempt: Promise<unknown>): Promise<Refusal> => {
  const error: unknown = await attempt.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof Refusal) return error;
  throw error;
};

const finish = async (uploadId: string, at: string): Promise<void> => {
  const { uploads, weighings, transactions } = world.ports;
  await uploads.markClean(uploadId, 'v1', at);
  await weighings.markWeighed(anUpload({ uploadId }), undefined, { at });
  const claimed = await uploads.claimUpload(uploadId, { owner: 'worker', until: '2027-01-01T00:00:00.000Z', at });
  if (!claimed.ok) throw new Error('not claimed');
  const done = await transactions.commit([uploads.completeFragment(claimed.upload, { owner: 'worker', final: startCheckpoint, at })]);
  if (!done.ok) throw new Error('not completed');
};

describe('A grant', () => {
  it('makes one upload with a key of ids only and binds the URL to the announced bytes', async () => {
    const { link, session } = await world.issueLink();
    const { grant, linkId, isNew } = await ask(session, 'x,y\n');

    expect({ linkId, isNew }).toEqual({ linkId: link.linkId, isNew: true });
    expect(grant.reference).toMatch(/^SF-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    expect(grant.expiresAt).toBe('2026-11-23T09:05:00.000Z');
    expect(world.signed.at(-1)).toEqual({
      key: `q/${link.linkId}/${grant.uploadId}`,
      size: 4,
      sha256: sha256('x,y\n'),
      contentType: 'text/csv',
      expiresInSeconds: 300,
    });
    const upload = await world.ports.uploads.findUpload(grant.uploadId);
    expect(upload).toMatchObject({
      state: 'granted',
      agency: link.agency,
      feed: 'school-roll',
      agreement: link.agreement,
      agreementId: link.agreementId,
      agreementVersion: 1,
      linkId: link.linkId,
    });
  });

  it('is one upload when the same bytes are asked for twenty times at once', async () => {
    const { link, session } = await world.issueLink();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => ask(session)));

    expect(new Set(outcomes.map(({ grant }) => grant.uploadId)).size).toBe(1);
    expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(1);
    const listed = await world.ports.links.listUploadIds(link.linkId, { limit: 100 });
    expect(listed.items).toHaveLength(1);
    expect((await world.ports.links.findLink(link.linkId))?.uploads).toBe(1);
  });

  it('is given for ten different files at once', async () => {
    const { session } = await world.issueLink();
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, file) => ask(session, `file ${String(file)}`)));
    expect(new Set(outcomes.map(({ grant }) => grant.uploadId)).size).toBe(10);
    expect(new Set(outcomes.map(({ grant }) => grant.reference)).size).toBe(10);
  });

  it('gives a fresh URL for the same upload when the first one ran out', async () => {
    const { session } = await world.issueLink();
    const first = await ask(session);
    world.setNow('2026-11-23T09:30:00.000Z');
    const second = await ask(session);
    world.setNow('2026-11-23T09:00:00.000Z');

    expect(second.grant.uploadId).toBe(first.grant.uploadId);
    expect(second.grant.expiresAt).toBe('2026-11-23T09:35:00.000Z');
    expect(second.isNew).toBe(false);
  });

  it('gives up an unfinished upload that the sweep may expire before the new URL runs out', async () => {
    const { session } = await world.issueLink();
    const first = await ask(session);
    world.setNow('2026-11-23T09:58:00.000Z');
    const second = await ask(session);
    world.setNow('2026-11-23T09:00:00.000Z');

    expect(second.grant.uploadId).not.toBe(first.grant.uploadId);
    expect((await world.ports.uploads.findUpload(first.grant.uploadId))?.state).toBe('expired');
  });

  it('is refused with the earlier reference when the file has been read already', async () => {
    const { session } = await world.issueLink();
    const { grant } = await ask(session);
    await finish(grant.uploadId, '2026-11-23T09:01:00.000Z');
    const again = await refusal(ask(session));

    expect(again.code).toBe('file-already-received');
    expect(again.errors[0]?.message).toContain(grant.reference);
  });

  it('takes an earlier snapshot again once another one came in between', async () => {
    const { session } = await world.issueLink({ feed: 'school-roll' });
    const first = await ask(session, 'first');
    await finish(first.grant.uploadId, '2026-11-23T09:01:00.000Z');
    const second = await ask(session, 'second');
    await finish(second.grant.uploadId, '2026-11-23T09:02:00.000Z');

    expect((await refusal(ask(session, 'second'))).code).toBe('file-already-received');
    expect((await ask(session, 'first')).isNew).toBe(true);
  });

  it('never takes the same increment twice', async () => {
    const { session } = await world.issueLink({ feed: 'police-incidents' });
    const first = await ask(session, 'first');
    await finish(first.grant.uploadId, '2026-11-23T09:01:00.000Z');
    const second = await ask(session, 'second');
    await finish(second.grant.uploadId, '2026-11-23T09:02:00.000Z');

    expect((await refusal(ask(session, 'first'))).code).toBe('file-already-received');
  });

  it('waits for the same bytes on their way through the agency’s other link, then takes them over', async () => {
    const one = await world.issueLink();
    const other = await world.issueLink({ agency: one.link.agency });
    const first = await ask(one.session, 'two links');
    const second = await refusal(ask(other.session, 'two links'));
    expect([second.code, second.errors[0]?.code]).toEqual(['file-already-received', 'under-way']);
    world.setNow('2026-11-23T09:16:00.000Z');
    const third = await ask(other.session, 'two links');
    world.setNow('2026-11-23T09:00:00.000Z');
    expect([third.isNew, (await world.ports.uploads.findUpload(first.grant.uploadId))?.state]).toEqual([true, 'expired']);
  });

  it('takes the same bytes from another agency', async () => {
    const one = await world.issueLink();
    const other = await world.issueLink();
    const first = await ask(one.session, 'same bytes');
    const second = await ask(other.session, 'same bytes');
    expect(second.grant.uploadId).not.toBe(first.grant.uploadId);
  });

  it('counts only what still stands against a limited link', async () => {
    const { session } = await world.issueLink({ maxUploads: 1 });
    const first = await ask(session, 'spoilt');
    expect((await refusal(ask(session, 'mended'))).code).toBe('link-used-up');
    await world.ports.uploads.refuseUpload(
      first.grant.uploadId,
      { code: 'no-header', message: 'There is no header.', fix: 'Add one.' },
      '2026-11-23T09:01:00.000Z',
    );
    expect((await ask(session, 'mended')).isNew).toBe(true);
    expect((await refusal(ask(session, 'one more'))).code).toBe('link-used-up');
  });

  it('never exceeds the limit, however many ask at once', async () => {
    const { link, session } = await world.issueLink({ maxUploads: 3 });
    await Promise.allSettled(Array.from({ length: 12 }, (_, file) => ask(session, `file ${String(file)}`)));
    const granted = (await world.ports.links.listUploadIds(link.linkId, { limit: 100 })).items.length;
    expect(granted).toBeGreaterThanOrEqual(1);
    expect(granted).toBeLessThanOrEqual(3);
  });

  it('is refused for an empty file and for one over 100 MB, with what to do', async () => {
    const { session } = await world.issueLink();
    const [empty, large, largest] = [
      await refusal(ask(session, '', 0)),
      await refusal(ask(session, 'x', largestUpload + 1)),
      ask(session, 'x', largestUpload),
    ];
    expect([empty.code, empty.errors[0]?.code]).toEqual(['file-not-acceptable', 'file-empty']);
    expect([large.code, large.errors[0]?.code]).toEqual(['file-not-acceptable', 'file-too-large']);
    expect((await largest).isNew).toBe(true);
  });

  it('is refused for a session nobody has, an expired link and a revoked one', async () => {
    const { link, session } = await world.issueLink();
    expect((await refusal(ask('x'.repeat(43)))).code).toBe('session-ended');
    expect((await refusal(ask(''))).code).toBe('session-ended');
    world.setNow('2026-12-31T17:00:00.000Z');
    const late = await refusal(ask(session));
    world.setNow('2026-11-23T09:00:00.000Z');
    expect([late.code, late.about]).toEqual(['link-expired', [link.linkId]]);
    await revokeLink(world.ports, { linkId: link.linkId, version: 1 });
    expect((await refusal(ask(session))).code).toBe('link-revoked');
  });
});

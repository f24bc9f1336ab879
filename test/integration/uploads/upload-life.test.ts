import fc from 'fast-check';
import { ulid } from 'ulid';
import { beforeAll, expect, it } from 'vitest';
import { screenMessageSchema } from '#shared/contracts/events/malware-verdict.ts';
import { addSeconds } from '#shared/domain/calendar/instant.ts';
import { statesBefore, type UploadState } from '#shared/domain/uploads/upload.ts';
import { s3ObjectListing } from '#shared/platform/objects/s3-object-listing.ts';
import { s3ObjectPromotion } from '#shared/platform/objects/s3-object-promotion.ts';
import { s3ObjectReader } from '#shared/platform/objects/s3-object-reader.ts';
import { s3ObjectWriter } from '#shared/platform/objects/s3-object-writer.ts';
import { s3ScanMark } from '#shared/platform/objects/s3-scan-mark.ts';
import { s3UploadSigner } from '#shared/platform/objects/s3-upload-signer.ts';
import { requestWithdrawal } from '#shared/services/withdrawals/request-withdrawal.ts';
import { revokeLink } from '#shared/services/links/revoke-link.ts';
import { Refusal } from '#shared/services/refusal.ts';
import { screenUpload, type ScreeningPorts } from '#shared/services/screening/screen-upload.ts';
import { sweepUploads, type UploadSweepPorts } from '#shared/services/screening/sweep-uploads.ts';
import { createGrant } from '#shared/services/uploads/create-grant.ts';
import { cleanKey } from '#shared/services/uploads/object-store.ts';
import { aVerdict } from '#test/support/a-verdict.ts';
import { campaign } from '#test/support/campaigns.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';
import { cleanBucket, cleanKeyArn, quarantineBucket, quarantineKeyArn, useObjectStore } from '#test/support/object-store.ts';
import { newSha256, aFileOf, portalWorld, sha256, type PortalWorld } from '#test/support/portal-world.ts';

const database = useDynamoDb();
const store = useObjectStore();
let world: PortalWorld;
let ports: ScreeningPorts & Omit<UploadSweepPorts, 'quarantine'>;
/** What the sweep put into the queues. */
let queued: { readonly queue: 'screen' | 'weigh' | 'ingest'; readonly message: { readonly uploadId: string } }[] = [];

beforeAll(() => {
  world = portalWorld(database());
  const queue = (name: 'screen' | 'weigh' | 'ingest') => ({
    send: (messages: readonly { readonly uploadId: string }[]) => {
      queued.push(...messages.map((message) => ({ queue: name, message })));
      return Promise.resolve();
    },
  });
  ports = {
    ...world.ports,
    audit: memoryAuditTrail(),
    quarantine: s3ObjectReader(store().client, quarantineBucket),
    scanMark: s3ScanMark(store().client, quarantineBucket),
    cleanFiles: s3ObjectWriter(store().client, { bucket: cleanBucket, keyArn: cleanKeyArn }),
    newSha256,
    scanAgain: () => Promise.resolve(),
    promotion: s3ObjectPromotion(store().client, { from: quarantineBucket, to: cleanBucket, keyArn: cleanKeyArn }),
    quarantineBucket,
    clean: s3ObjectListing(store().client, cleanBucket),
    screenQueue: queue('screen'),
    weighQueue: queue('weigh'),
    ingestQueue: queue('ingest'),
  };
});

/** `no-verdict`: the check broke off. `withdraw`: its sender takes it back. `scanned`: the scanner has marked the file, and its announcement is lost. */
type SentStep = 'send' | 'verdict' | 'verdict-cut-off' | 'bad-verdict' | 'no-verdict' | 'scanned' | 'withdraw';

/** `file`, `link`: which of the two; `upload`: which of those granted so far, counted round. */
type Step =
  | { readonly kind: 'ask'; readonly link: number; readonly file: number }
  | { readonly kind: SentStep; readonly upload: number }
  | { readonly kind: 'revoke'; readonly link: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'sweep'; readonly areMessagesLost: boolean };

const two = fc.nat({ max: 1 });
const upload = fc.nat({ max: 5 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('ask' as const), link: two, file: two }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), upload }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('verdict' as const, 'verdict-cut-off' as const), upload }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('bad-verdict' as const, 'no-verdict' as const, 'scanned' as const), upload }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), upload }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('revoke' as const), link: two }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 6, 20, 70) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('sweep' as const), areMessagesLost: fc.boolean() }) },
);

interface Sent {
  readonly uploadId: string;
  readonly key: string;
  readonly content: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly before: UploadState[];
}

const results = {
  verdict: 'NO_THREATS_FOUND',
  'verdict-cut-off': 'NO_THREATS_FOUND',
  'bad-verdict': 'THREATS_FOUND',
  'no-verdict': 'FAILED',
} as const;

class Life {
  now = '2026-11-23T09:00:00.000Z';
  readonly sent: Sent[] = [];
  readonly revoked = new Set<number>();
  readonly links: { readonly linkId: string; readonly session: string }[] = [];
  readonly salt = ulid();

  async begin(): Promise<void> {
    this.#setNow(this.now);
    const agency = `agency-${this.salt.toLowerCase()}`;
    for (let count = 0; count < 2; count += 1) {
      const { link, session } = await world.issueLink({ agency, feed: 'police-incidents' });
      this.links.push({ linkId: link.linkId, session });
    }
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'ask':
        return this.#ask(step.link, step.file);
      case 'wait':
        this.#setNow(addSeconds(this.now, step.minutes * 60));
        return;
      case 'sweep':
        return this.sweep(step.areMessagesLost);
      case 'revoke': {
        const link = this.links[step.link];
        if (!link || this.revoked.has(step.link)) return;
        this.revoked.add(step.link);
        await revokeLink(world.ports, { linkId: link.linkId, version: 1 });
        return;
      }
      default: {
        const one = this.sent[step.upload % Math.max(1, this.sent.length)];
        if (one) await this.#about(one, step.kind);
      }
    }
  }

  async #ask(link: number, file: number): Promise<void> {
    const content = aFileOf('police-incidents', `${this.salt},file,${String(file)}`);
    const signer = s3UploadSigner(store().signingClient, { bucket: quarantineBucket, keyArn: quarantineKeyArn });
    const request = {
      session: this.links[link]?.session ?? '',
      sha256: sha256(content),
      size: content.length,
      contentType: 'text/csv',
    } as const;
    try {
      const { grant } = await createGrant({ ...world.ports, signer }, request);
      const { uploadId, url, headers } = grant;
      if (this.sent.some((one) => one.uploadId === uploadId)) return;
      this.sent.push({ uploadId, key: `q/${this.links[link]?.linkId ?? ''}/${uploadId}`, content, url, headers, before: ['granted'] });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  async #about(one: Sent, kind: SentStep): Promise<void> {
    if (kind === 'send') {
      await fetch(one.url, { method: 'PUT', headers: { ...one.headers }, body: one.content });
      return;
    }
    if (kind === 'withdraw') {
      const { state } = await requestWithdrawal(world.ports, one.uploadId, { by: 'link' }).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        return { state: undefined };
      });
      // Of all that it may do before its rows are read, it is taken back at once.
      if (['granted', 'clean', 'withdrawn'].includes(one.before.at(-1) ?? '')) expect(state).toBe('withdrawn');
      return;
    }
    const object = await ports.quarantine.describe(one.key);
    if (!object) return;
    if (kind === 'scanned') return store().tag(quarantineBucket, one.key, 'GuardDutyMalwareScanStatus', 'NO_THREATS_FOUND');
    const verdict = aVerdict({ ...object, bucket: quarantineBucket }, results[kind]);
    if (kind !== 'verdict-cut-off') await screenUpload(ports, verdict);
    else await screenUpload({ ...ports, promotion: { promote: () => Promise.reject(new Error('died')) } }, verdict).catch(() => undefined);
  }

  async sweep(areMessagesLost: boolean): Promise<void> {
    queued = [];
    const quarantine = s3ObjectListing(store().client, quarantineBucket);
    for await (const step of sweepUploads({ ...ports, quarantine })) expect(step.kind).not.toBe('failed');
    if (areMessagesLost) return;
    for (const { queue, message } of queued) if (queue === 'screen') await screenUpload(ports, screenMessageSchema.parse(message));
  }

  /** What holds after every step, whatever the order. */
  async check(): Promise<void> {
    for (const { uploadId, before } of this.sent) {
      const held = await world.ports.uploads.findUpload(uploadId);
      const last = before.at(-1);
      if (held === undefined || last === undefined) throw new Error('an upload is lost');
      if (held.state !== last) {
        expect(statesBefore(held.state)).toContain(last);
        before.push(held.state);
      }
      const copies = store().created.filter(({ bucket, key }) => bucket === cleanBucket && key === cleanKey(uploadId)).length;
      expect(copies).toBeLessThanOrEqual(before.includes('clean') ? 1 : 0);
    }
    // The same bytes are never two uploads that both go on.
    const standing = await world.ports.uploads.findUploads(this.sent.map(({ uploadId }) => uploadId));
    const digests = standing
      .filter(({ state }) => !['refused', 'expired', 'withdrawn'].includes(state))
      .map(({ sha256: digest }) => digest);
    expect(new Set(digests).size).toBe(digests.length);
  }

  /** Time passes, nothing more gets lost: what was judged clean is there to be read, and what is not has an end. */
  async settle(): Promise<void> {
    for (const minutes of [6, 6]) {
      await this.take({ kind: 'wait', minutes });
      await this.sweep(false);
    }
    const toWeigh = queued.filter(({ queue }) => queue === 'weigh').map(({ message }) => message.uploadId);
    for (const { uploadId } of this.sent) {
      const state = (await world.ports.uploads.findUpload(uploadId))?.state;
      if (state === 'clean') expect([await ports.clean.has(cleanKey(uploadId)), toWeigh.includes(uploadId)]).toEqual([true, true]);
    }
    await this.take({ kind: 'wait', minutes: 25 * 60 });
    await this.sweep(false);
    const states = (await world.ports.uploads.findUploads(this.sent.map(({ uploadId }) => uploadId))).map(({ state }) => state);
    expect(states.filter((state) => state === 'granted')).toEqual([]);
  }

  #setNow(instant: string): void {
    this.now = instant;
    world.setNow(instant);
  }
}

const { runs, seed } = campaign('upload-life');

it(
  'An upload, whatever happens to it in whatever order, moves forward only, is copied once at most, and comes to an end',
  { timeout: 120_000 + runs * 5_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 14 }), async (sequence) => {
        const life = new Life();
        await life.begin();
        for (const step of sequence) {
          await life.take(step);
          await life.check();
        }
        await life.settle();
        await life.check();
      }),
      { seed, numRuns: runs },
    );
  },
);

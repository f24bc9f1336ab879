import { describe, expect, it } from 'vitest';
import { decideGrant, type GrantSituation } from '#shared/domain/uploads/grant.ts';
import type { UploadState } from '#shared/domain/uploads/upload.ts';
import { anUpload } from '#test/support/an-upload.ts';

const linkId = '01J8Z3Q5V7X9B1D3F5H7K9M1P3';
const nine = '2026-01-05T09:00:00.000Z';

const decide = (over: Partial<GrantSituation>) =>
  decideGrant({ linkId, size: 10, feedKind: 'increment', earlier: undefined, latestUploadId: undefined, now: nine, ...over }).kind;
const earlier = (state: UploadState, over = {}) => anUpload({ state, linkId, updatedAt: nine, ...over });

describe('Asked for a place for a file, the service', () => {
  it('gives one to bytes it has never seen', () => expect(decide({})).toBe('new'));

  it('refuses nothing and too much', () => {
    expect(decide({ size: 0 })).toBe('empty');
    expect(decide({ size: 104_857_600 })).toBe('new');
    expect(decide({ size: 104_857_601 })).toBe('too-large');
  });

  it.each([
    ['refused', 'new'],
    ['expired', 'new'],
    ['granted', 'renew'],
    ['clean', 'already-received'],
    ['held', 'already-received'],
    ['ready', 'already-received'],
    ['ingesting', 'already-received'],
    ['completed', 'already-received'],
  ] as const)('with the same bytes %s before, answers %s', (state, kind) => {
    expect(decide({ earlier: earlier(state) })).toBe(kind);
  });

  it.each([
    ['2026-01-05T09:55:00.000Z', 'renew'],
    ['2026-01-05T09:55:00.001Z', 'replace'],
  ])('at %s on a grant of nine o’clock, answers %s', (now, kind) => {
    expect(decide({ earlier: earlier('granted'), now })).toBe(kind);
  });

  it.each([
    ['2026-01-05T09:15:00.000Z', 'already-received'],
    ['2026-01-05T09:15:00.001Z', 'replace'],
  ])('at %s on a grant that another link got at nine o’clock, answers %s', (now, kind) => {
    expect(decide({ earlier: earlier('granted', { linkId: '01J8Z3Q5V7X9B1D3F5H7K9M1P9' }), now })).toBe(kind);
  });

  it('takes a snapshot again only when another has come since', () => {
    const snapshot = earlier('completed');
    expect(decide({ feedKind: 'snapshot', earlier: snapshot, latestUploadId: snapshot.uploadId })).toBe('already-received');
    expect(decide({ feedKind: 'snapshot', earlier: snapshot, latestUploadId: '01J8Z3Q5V7X9B1D3F5H7K9M1P9' })).toBe('new');
    expect(decide({ feedKind: 'increment', earlier: snapshot, latestUploadId: '01J8Z3Q5V7X9B1D3F5H7K9M1P9' })).toBe('already-received');
  });
});

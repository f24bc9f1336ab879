import { describe, expect, it } from 'vitest';
import { decideStalled } from '#shared/domain/uploads/stalled.ts';
import type { UploadState } from '#shared/domain/uploads/upload.ts';
import { anUpload } from '#test/support/an-upload.ts';

const at = (time: string, state: UploadState, isStored = false, over = {}) =>
  decideStalled(anUpload({ state, updatedAt: '2026-01-05T09:00:00.000Z', ...over }), isStored, `2026-01-${time}.000Z`);

describe('An upload that was last touched at nine', () => {
  it.each(['granted', 'clean', 'ingesting'] as const)('%s, is left alone for five minutes', (state) => {
    expect(at('05T09:04:59', state)).toEqual({ kind: 'leave' });
  });

  it('granted and never sent, expires an hour after its URL', () => {
    expect(at('05T10:04:59', 'granted')).toEqual({ kind: 'leave' });
    expect(at('05T10:05:00', 'granted')).toEqual({ kind: 'expire' });
  });

  it('sent but without a verdict, is looked at after five minutes, reported after a quarter of an hour and given up after a day', () => {
    expect(at('05T09:04:59', 'granted', true)).toEqual({ kind: 'leave' });
    expect(at('05T09:05:00', 'granted', true)).toEqual({ kind: 'look-for-verdict', overdue: false });
    expect(at('05T09:14:59', 'granted', true)).toEqual({ kind: 'look-for-verdict', overdue: false });
    expect(at('05T09:15:00', 'granted', true)).toEqual({ kind: 'look-for-verdict', overdue: true });
    expect(at('06T08:59:59', 'granted', true)).toEqual({ kind: 'look-for-verdict', overdue: true });
    expect(at('06T09:00:00', 'granted', true)).toEqual({ kind: 'give-up', because: 'not-accessible' });
  });

  it('sent, looked at in vain and gone from quarantine, is given up at once: it will not be checked any more', () => {
    const scan = { trouble: 'scan-failed' as const, rescans: 1 };
    expect(at('05T09:04:59', 'granted', false, { scan })).toEqual({ kind: 'leave' });
    expect(at('05T09:05:00', 'granted', false, { scan })).toEqual({ kind: 'give-up', because: 'scan-failed' });
    expect(at('05T09:05:00', 'granted', true, { scan })).toEqual({ kind: 'look-for-verdict', overdue: false });
  });

  it('clean, is looked at as a whole where its copy is there and back to screening where it is not', () => {
    expect(at('05T09:05:00', 'clean', true)).toEqual({ kind: 'weigh' });
    expect(at('05T09:05:00', 'clean', false)).toEqual({ kind: 'promote' });
  });

  it('ready, is sent to ingest; held, waits for a person for three days, then with a reminder, and for four weeks at most', () => {
    expect(at('05T09:05:00', 'ready')).toEqual({ kind: 'ingest' });
    expect(at('08T08:59:59', 'held')).toEqual({ kind: 'leave' });
    expect(at('08T09:00:00', 'held')).toEqual({ kind: 'remind' });
    const held = anUpload({ state: 'held', updatedAt: '2026-01-05T09:00:00.000Z' });
    expect(decideStalled(held, false, '2026-02-02T08:59:59.000Z')).toEqual({ kind: 'remind' });
    expect(decideStalled(held, false, '2026-02-02T09:00:00.000Z')).toEqual({ kind: 'give-back' });
  });

  it('being read, is sent to ingest again once nobody holds it', () => {
    expect(at('05T09:05:00', 'ingesting', false, { leaseOwner: 'a', leaseUntil: '2026-01-05T09:05:00.001Z' })).toEqual({ kind: 'leave' });
    expect(at('05T09:05:00', 'ingesting', false, { leaseOwner: 'a', leaseUntil: '2026-01-05T09:05:00.000Z' })).toEqual({ kind: 'ingest' });
    expect(at('05T09:05:00', 'ingesting')).toEqual({ kind: 'ingest' });
  });

  it('by a worker that has died, is sent on once its lease of two minutes is over', () => {
    const lease = { leaseOwner: 'a', leaseUntil: '2026-01-05T09:02:00.000Z' };
    expect(at('05T09:01:59', 'ingesting', false, lease)).toEqual({ kind: 'leave' });
    expect(at('05T09:02:00', 'ingesting', false, lease)).toEqual({ kind: 'ingest' });
  });

  it.each(['completed', 'refused', 'expired'] as const)('%s, stays so', (state) => {
    expect(at('09T09:00:00', state, true)).toEqual({ kind: 'leave' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideScreening,
  scanTroubles,
  screeningActions,
  screeningRefusals,
  type ScreeningFacts,
  type ScanVerdict,
} from '#shared/domain/uploads/screening.ts';
import { uploadStateSchema } from '#shared/domain/uploads/upload.ts';

const sha256 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const facts = (over: Partial<ScreeningFacts> = {}): ScreeningFacts => ({
  upload: { state: 'granted', size: 10, sha256, quarantineVersionId: undefined },
  verdict: 'clean',
  judgedVersionId: 'v1',
  stored: { versionId: 'v1', size: 10, sha256 },
  closed: undefined,
  ...over,
});
const verdicts: readonly ScanVerdict[] = ['clean', 'infected', 'unscannable', 'not-accessible', 'scan-failed'];

describe('A verdict', () => {
  it('accepts the announced bytes that were judged clean', () => expect(decideScreening(facts())).toEqual({ kind: 'accept' }));

  it.each(['infected', 'unscannable'] as const)('of %s refuses', (verdict) => {
    expect(decideScreening(facts({ verdict }))).toEqual({ kind: 'refuse', why: verdict });
  });

  it('that says nothing about the file holds it; one that broke off is asked for again, once', () => {
    const scanned = { ...facts().upload, scan: { trouble: 'scan-failed' as const, rescans: 1 } };
    expect(decideScreening(facts({ verdict: 'not-accessible' }))).toEqual({ kind: 'hold', why: 'not-accessible', again: false });
    expect(decideScreening(facts({ verdict: 'scan-failed' }))).toEqual({ kind: 'hold', why: 'scan-failed', again: true });
    expect(decideScreening(facts({ verdict: 'scan-failed', upload: scanned }))).toEqual({ kind: 'hold', why: 'scan-failed', again: false });
    expect(decideScreening(facts({ upload: scanned }))).toEqual({ kind: 'accept' });
  });

  it('of a form, whose bytes nobody announced, pins the first version that is clean; another one counts no more, whatever it is', () => {
    const announced = { state: 'granted', size: undefined, sha256: undefined, quarantineVersionId: undefined } as const;
    const stored = { versionId: 'v1', size: 10, sha256: undefined };
    expect(decideScreening(facts({ upload: announced, stored }))).toEqual({ kind: 'pin' });
    for (const verdict of ['infected', 'unscannable'] as const)
      expect(decideScreening(facts({ upload: announced, stored, verdict }))).toEqual({ kind: 'refuse', why: verdict });
    expect(decideScreening(facts({ upload: announced, stored, closed: 'link-revoked' }))).toEqual({ kind: 'refuse', why: 'link-revoked' });
    // The store has no checksum of a form's file: that it is the pinned version is what counts.
    const pinned = { state: 'granted', size: 10, sha256, quarantineVersionId: undefined, pinnedVersionId: 'v1' } as const;
    expect(decideScreening(facts({ upload: pinned, stored }))).toEqual({ kind: 'accept' });
    for (const verdict of verdicts) {
      const later = facts({ upload: pinned, verdict, judgedVersionId: 'v2', stored: { ...stored, versionId: 'v2' } });
      expect(decideScreening(later)).toEqual({ kind: 'ignore', because: 'other-version' });
    }
  });

  it('has words of its own for the sender and for staff, whichever of the four it is', () => {
    const refused = [screeningRefusals.infected, screeningRefusals.unscannable];
    const told = [...refused, scanTroubles['not-accessible'], scanTroubles['scan-failed']];
    expect(new Set(told.map(({ message }) => message)).size).toBe(4);
    expect(new Set(told.map(({ code }) => screeningActions[code])).size).toBe(4);
    expect(told.every(({ code }) => (screeningActions[code] ?? '').length > 20)).toBe(true);
    expect(screeningRefusals.unscannable.fix).toContain('Remove the password and send the file again');
  });

  it('refuses bytes of another length, another fingerprint or none', () => {
    const stored = { versionId: 'v1', size: 10, sha256 };
    for (const differing of [
      { ...stored, size: 11 },
      { ...stored, sha256: 'x' },
      { ...stored, sha256: undefined },
    ]) {
      expect(decideScreening(facts({ stored: differing }))).toEqual({ kind: 'refuse', why: 'bytes-differ' });
    }
  });

  it('refuses what came through a link that was revoked meanwhile', () => {
    expect(decideScreening(facts({ closed: 'link-revoked' }))).toEqual({ kind: 'refuse', why: 'link-revoked' });
    expect(decideScreening(facts({ closed: 'link-revoked', verdict: 'infected' }))).toEqual({ kind: 'refuse', why: 'infected' });
  });

  it('about another version, or about an object that is gone, changes nothing', () => {
    expect(decideScreening(facts({ judgedVersionId: 'v0' }))).toEqual({ kind: 'ignore', because: 'other-version' });
    expect(decideScreening(facts({ stored: undefined }))).toEqual({ kind: 'ignore', because: 'object-gone' });
  });

  it('that comes again after the mark finishes the copy; a worse one that comes late changes nothing', () => {
    const marked = { state: 'clean', size: 10, sha256, quarantineVersionId: 'v1' } as const;
    expect(decideScreening(facts({ upload: marked, stored: undefined }))).toEqual({ kind: 'promote' });
    expect(decideScreening(facts({ upload: marked, verdict: 'infected' }))).toEqual({ kind: 'ignore', because: 'already-decided' });
    expect(decideScreening(facts({ upload: marked, judgedVersionId: 'v0' }))).toEqual({ kind: 'ignore', because: 'already-decided' });
  });

  it('lets nothing through but the judged version of the announced bytes, judged clean, on a link that stands', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...uploadStateSchema.options),
        fc.constantFrom(...verdicts),
        fc.constantFrom('v0', 'v1'),
        fc.option(
          fc.record({
            versionId: fc.constantFrom('v0', 'v1'),
            size: fc.constantFrom(10, 11),
            sha256: fc.constantFrom(sha256, 'x', undefined),
          }),
          {
            nil: undefined,
          },
        ),
        fc.option(fc.constantFrom('v0', 'v1'), { nil: undefined }),
        fc.constantFrom(undefined, 'link-revoked' as const, 'agreement-ended' as const),
        (state, verdict, judgedVersionId, stored, quarantineVersionId, closed) => {
          const upload = { state, size: 10, sha256, quarantineVersionId };
          const decision = decideScreening({ upload, verdict, judgedVersionId, stored, closed });
          const isGood =
            verdict === 'clean' &&
            closed === undefined &&
            state === 'granted' &&
            stored?.versionId === judgedVersionId &&
            stored.size === 10 &&
            stored.sha256 === sha256;
          expect(decision.kind === 'accept').toBe(isGood);
          if (decision.kind === 'promote') expect([state, quarantineVersionId, verdict]).toEqual(['clean', judgedVersionId, 'clean']);
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('has its own code for every refusal', () => {
    const refusals = Object.values(screeningRefusals);
    expect(new Set(refusals.map(({ code }) => code)).size).toBe(refusals.length);
    for (const { message, fix } of refusals) expect([message.length > 20, fix.length > 20]).toEqual([true, true]);
  });
});

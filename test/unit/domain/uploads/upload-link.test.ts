import { describe, expect, it } from 'vitest';
import { newLinkSchema } from '#shared/contracts/http/link-routes.ts';
import { idempotencyExpiresOn, sharingRecordExpiresOn, tokenExpiresOn } from '#shared/domain/uploads/retention.ts';
import { agencySchema, labelSchema } from '#shared/domain/uploads/label.ts';
import { latestLinkExpiry, linkState, uploadLinkSchema, uploadsLeft, type UploadLink } from '#shared/domain/uploads/upload-link.ts';
import { linkView } from '#shared/services/links/link-view.ts';
import type { SharingAgreement } from '#shared/domain/uploads/sharing-agreement.ts';
import { aLink } from '#test/support/a-link.ts';
import { anAgreement } from '#test/support/an-agreement.ts';

const clockAt = (now: string) => ({ now: () => now, today: () => now.slice(0, 10) });
const stateAt = (link: UploadLink, now: string, agreement: SharingAgreement | undefined = anAgreement()) =>
  linkState(link, agreement, { now, today: now.slice(0, 10) });

describe('An upload link', () => {
  it('is open until the moment it expires', () => {
    expect(stateAt(aLink(), '2026-12-31T16:59:59.999Z')).toBe('open');
    expect(stateAt(aLink(), '2026-12-31T17:00:00.000Z')).toBe('expired');
  });

  it('once revoked is revoked, expired or not', () => {
    const revoked = aLink({ revokedAt: '2026-11-24T09:00:00.000Z' });
    expect([stateAt(revoked, '2026-11-25T09:00:00.000Z'), stateAt(revoked, '2027-11-25T09:00:00.000Z')]).toEqual(['revoked', 'revoked']);
  });

  it('closes with its agreement: not begun, over, ended by hand or no longer held', () => {
    const now = '2026-11-25T09:00:00.000Z';
    const ended = { at: '2026-11-25T08:00:00.000Z', by: 'staff', reason: 'The school has withdrawn.' };
    for (const [over, state] of [
      [{ start: '2026-11-25', end: '2026-11-25' }, 'open'],
      [{ start: '2026-11-26' }, 'agreement-ended'],
      [{ end: '2026-11-24' }, 'agreement-ended'],
      [{ ended }, 'agreement-ended'],
    ] as const)
      expect([over, stateAt(aLink(), now, anAgreement(over))]).toEqual([over, state]);
    expect(linkState(aLink(), undefined, { now, today: '2026-11-25' })).toBe('agreement-ended');
  });

  it('is locked after five wrong codes', () => {
    const now = '2026-11-25T09:00:00.000Z';
    expect([4, 5].map((codeTries) => stateAt(aLink({ codeTries }), now))).toEqual(['open', 'locked']);
  });

  it('may be open for 90 days', () => expect(latestLinkExpiry('2026-11-23T09:00:00.000Z')).toBe('2027-02-21T09:00:00.000Z'));

  it('takes any number of files, or as many as are left', () => {
    expect(uploadsLeft(aLink(), 7)).toBeUndefined();
    expect([uploadsLeft(aLink({ maxUploads: 3 }), 1), uploadsLeft(aLink({ maxUploads: 3 }), 4)]).toEqual([2, 0]);
  });

  it('is shown without what only the store needs', () => {
    const view = linkView(aLink(), anAgreement(), clockAt('2026-11-23T09:00:00.000Z'));
    for (const name of ['expiresOn', 'codeHash', 'codeTries']) expect(view).not.toHaveProperty(name);
    expect(view.state).toBe('open');
  });

  it('keeps its shape in the store', () =>
    expect(uploadLinkSchema.parse(aLink({ maxUploads: 1 }))).toEqual(aLink({ maxUploads: 1, linkId: expect.any(String) as string })));
});

describe('An agency', () => {
  it.each(['northfield-academy', 'dwp', 'school-341'])('may be called %s', (name) =>
    expect(agencySchema.safeParse(name).success).toBe(true),
  );
  it.each(['', 'Northfield', 'a b', '-a', 'a-', 'a--b', 'a#b', 'ä', 'a'.repeat(61)])('may not be called %j', (name) => {
    expect(agencySchema.safeParse(name).success).toBe(false);
  });
});

describe('A new link', () => {
  const fields = () => {
    const { agreementId, feed, periodStart, periodEnd, expiresAt } = aLink();
    return { agreementId, feed, periodStart, periodEnd, expiresAt };
  };

  it('is what the contract names and nothing more', () => {
    expect(newLinkSchema.safeParse(fields()).success).toBe(true);
    expect(newLinkSchema.safeParse({ ...fields(), contactName: 'Jo Example' }).success).toBe(false);
  });
});

describe('A line of text', () => {
  it.each(['jo@example.org', 'two\nlines', 'zero\u200bwidth', 'back\u202ewards', '', '   ', 'x'.repeat(81)])(
    'names a role, not %j',
    (contactRole) => {
      expect(labelSchema(80).safeParse(contactRole).success).toBe(false);
    },
  );
});

describe('Retention', () => {
  it('keeps the record of sharing for seven years, a dead token for 90 days, an Idempotency-Key for 30', () => {
    expect(sharingRecordExpiresOn('2028-02-29T10:00:00.000Z')).toBe('2035-02-28');
    expect(tokenExpiresOn('2026-12-31T17:00:00.000Z')).toBe('2027-03-31');
    expect(idempotencyExpiresOn('2026-11-23T09:00:00.000Z')).toBe('2026-12-23');
  });
});

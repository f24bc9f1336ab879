import { describe, expect, it } from 'vitest';
import { newLinkSchema } from '#shared/contracts/http/link-routes.ts';
import { idempotencyExpiresOn, sharingRecordExpiresOn, tokenExpiresOn } from '#shared/domain/uploads/retention.ts';
import { agencySchema, latestLinkExpiry, linkState, uploadLinkSchema, uploadsLeft } from '#shared/domain/uploads/upload-link.ts';
import { linkView } from '#shared/services/links/link-view.ts';
import { aLink } from '#test/support/a-link.ts';

describe('An upload link', () => {
  it('is open until the moment it expires', () => {
    expect(linkState(aLink(), '2026-12-31T16:59:59.999Z')).toBe('open');
    expect(linkState(aLink(), '2026-12-31T17:00:00.000Z')).toBe('expired');
  });

  it('once revoked is revoked, expired or not', () => {
    const revoked = aLink({ revokedAt: '2026-11-24T09:00:00.000Z' });
    expect([linkState(revoked, '2026-11-25T09:00:00.000Z'), linkState(revoked, '2027-11-25T09:00:00.000Z')]).toEqual([
      'revoked',
      'revoked',
    ]);
  });

  it('may be open for 90 days', () => expect(latestLinkExpiry('2026-11-23T09:00:00.000Z')).toBe('2027-02-21T09:00:00.000Z'));

  it('takes any number of files, or as many as are left', () => {
    expect(uploadsLeft(aLink(), 7)).toBeUndefined();
    expect([uploadsLeft(aLink({ maxUploads: 3 }), 1), uploadsLeft(aLink({ maxUploads: 3 }), 4)]).toEqual([2, 0]);
  });

  it('is shown without what only the store needs', () => {
    const view = linkView(aLink(), '2026-11-23T09:00:00.000Z');
    expect(view).not.toHaveProperty('expiresOn');
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
    const { linkId, feedVersion, uploads, createdAt, createdBy, version, expiresOn, ...rest } = aLink();
    return rest;
  };

  it('is what the contract names and nothing more', () => {
    expect(newLinkSchema.safeParse(fields()).success).toBe(true);
    expect(newLinkSchema.safeParse({ ...fields(), contactName: 'Jo Example' }).success).toBe(false);
  });

  it.each(['jo@example.org', 'two\nlines', 'zero\u200bwidth', 'back\u202ewards', '', '   ', 'x'.repeat(81)])(
    'names a role, not %j',
    (contactRole) => {
      expect(newLinkSchema.safeParse({ ...fields(), contactRole }).success).toBe(false);
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

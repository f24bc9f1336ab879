import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#functions/uploads-api/routes.ts';
import { httpHandler, type ApiHandler } from '#shared/platform/http/http-handler.ts';
import { createGrant } from '#shared/services/uploads/create-grant.ts';
import type { Weighing } from '#shared/services/weighing/weighing.ts';
import { anUpload } from '#test/support/an-upload.ts';
import { callApi } from '#test/support/api-call.ts';
import { useDynamoDb } from '#test/support/dynamodb-local.ts';
import { memoryAuditTrail } from '#test/support/memory-audit-trail.ts';
import { portalWorld, sha256, type PortalWorld } from '#test/support/portal-world.ts';

const database = useDynamoDb();
const audit = memoryAuditTrail();
const at = '2026-11-23T09:02:00.000Z';
const findings = [{ code: 'far-fewer-rows' as const, message: 'It has 41 rows.', forSender: 'Check the export.' }];
let world: PortalWorld;
let api: ApiHandler;
beforeAll(() => {
  world = portalWorld(database());
  api = httpHandler(routes({ ...world.ports, audit }), { audit, clock: world.ports.clock });
});

const counted = { of: 0, outside: 0 };
const weighingOf = (uploadId: string): Weighing => ({
  uploadId,
  weighedAt: at,
  periodStart: '2026-09-01',
  periodEnd: '2026-12-18',
  profile: {
    rows: 900,
    isWhole: true,
    estimatedRows: 900,
    faulty: 0,
    outsidePeriod: 0,
    births: { dated: 0, afterTwelfth: 0 },
    ages: [0, 0, 0, 0, 0],
    columns: {},
    cohort: { ages: counted, postcodes: counted, schools: counted },
    sample: { rows: 400, recordsKnown: 380, people: 400, peopleKnown: 397, namesSwapped: 0, datesSwapped: 0 },
  },
  effect: {
    rows: 400,
    isWhole: false,
    added: 20,
    changed: 30,
    unchanged: 350,
    refused: 0,
    newPeople: 3,
    possibleMatches: 5,
    changedFields: { surname: 4, address: 26 },
    ended: 7,
    families: {
      families: 61,
      founded: 0,
      eligible: { gain: 3, lose: 0, becomeUnknown: 0, stayUnknown: 20, becomeNot: 0, stay: 7, stayNot: 31 },
    },
  },
  expiresOn: '2033-11-23',
});

const held = async (content: string): Promise<{ readonly uploadId: string; readonly agreementId: string }> => {
  const { session, link } = await world.issueLink();
  const { grant } = await createGrant(world.ports, { session, sha256: sha256(content), size: content.length, contentType: 'text/csv' });
  const { uploadId } = grant;
  await world.ports.uploads.markClean(uploadId, 'v1', at);
  await world.ports.weighings.markWeighed(anUpload({ uploadId }), weighingOf(uploadId), { at, hold: { at, findings } });
  return { uploadId, agreementId: link.agreementId };
};
const officer = (method: 'GET' | 'POST', path: `/v1/uploads${string}`, body?: unknown, roles: readonly string[] = ['data-officer']) =>
  callApi(api, { method, path, roles: [...roles], ...(body === undefined ? {} : { body }) });
const heldIds = async () =>
  JSON.stringify((await callApi(api, { method: 'GET', path: '/v1/uploads', query: { state: 'held' }, roles: ['data-officer'] })).json);

describe('A file that is held', () => {
  it('is listed with why it waits, until it is released once, which is recorded', async () => {
    const { uploadId } = await held('released');
    expect(await heldIds()).toContain(uploadId);
    expect((await officer('GET', `/v1/uploads/${uploadId}`)).json).toMatchObject({
      state: 'held',
      hold: { since: at, findings: [{ code: 'far-fewer-rows', message: 'It has 41 rows.' }] },
    });
    const release = () => officer('POST', `/v1/uploads/${uploadId}/release`, { reason: 'Year 11 has left.' });
    expect((await release()).json).toMatchObject({ state: 'ready', hold: { decided: { what: 'released', reason: 'Year 11 has left.' } } });
    expect((await release()).json).toMatchObject({ status: 409, code: 'state-conflict' });
    expect(await heldIds()).not.toContain(uploadId);
    expect(audit.entries.filter(({ action, subjects }) => action === 'releaseUpload' && subjects.includes(uploadId))).toHaveLength(2);
  });

  it('is sent back with a reason that its sender reads, and may then be sent again', async () => {
    const { uploadId } = await held('sent back');
    const back = await officer('POST', `/v1/uploads/${uploadId}/send-back`, { reason: 'It is the roll of another school.' });
    expect(back.json).toMatchObject({ state: 'refused', refusal: { code: 'sent-back' } });
    expect(JSON.stringify(back.json)).toContain('sent it back: It is the roll of another school.');
    expect(await heldIds()).not.toContain(uploadId);
    expect((await officer('POST', `/v1/uploads/${uploadId}/release`, { reason: 'After all' })).json).toMatchObject({
      code: 'state-conflict',
    });
  });

  it('is decided about by data officers alone', async () => {
    const { uploadId } = await held('by whom');
    for (const role of ['administrator', 'programme-officer', 'lead-practitioner', 'auditor']) {
      for (const step of ['release', 'send-back']) {
        expect((await officer('POST', `/v1/uploads/${uploadId}/${step}`, { reason: 'r' }, [role])).status).toBe(403);
      }
    }
    expect(await heldIds()).toContain(uploadId);
  });

  it('shows what it would change: of how many rows, and no number that tells of single people', async () => {
    const { uploadId } = await held('effect');
    expect((await officer('GET', `/v1/uploads/${uploadId}/effect`)).json).toEqual({
      uploadId,
      workedOutAt: at,
      fileRows: 900,
      rows: 400,
      isWhole: false,
      added: 20,
      changed: 30,
      unchanged: 350,
      refused: 0,
      ended: 7,
      newPeople: 'withheld',
      possibleMatches: 5,
      changedFields: [
        { field: 'address', records: 26 },
        { field: 'surname', records: 'withheld' },
      ],
      // Three of 61 could be worked out if the total and all others were shown.
      families: {
        families: 61,
        founded: 0,
        eligible: { gain: 'withheld', lose: 0, becomeUnknown: 0, stayUnknown: 20, becomeNot: 0, stay: 'withheld', stayNot: 31 },
      },
    });
    expect((await officer('GET', `/v1/uploads/${uploadId}/effect`, undefined, ['lead-practitioner'])).status).toBe(403);
    expect((await officer('GET', '/v1/uploads/01ARZ3NDEKTSV4RRFFQ69G5FAV/effect')).json).toMatchObject({ code: 'upload-not-found' });
  });
});

import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '#shared/contracts/http/routes.ts';
import { canary, disguised, disguiseNames, leakFinder } from '../../support/canaries.ts';
import { callSystem, type SystemAnswer } from '../../support/call-system.ts';
import type { ApiCall } from '../../support/api-call.ts';
import { useSystem, type IssuedLink, type Item } from '../../support/system.ts';

/** Every function tells all it can tell. */
const system = useSystem({ environment: { '*': { POWERTOOLS_LOG_LEVEL: 'DEBUG' } } });

/** People of whom every field is marked. */
const marked = {
  ...canary,
  upn: 'V340987654321',
  town: 'Qvyzleworth',
  previousSurname: 'Jxqhollins',
  parentName: 'Wexqila Vzthornby',
  otherParentName: 'Uzqfenton Vzthornby',
  partnerPersonId: 'KZV-44718',
  nominationReference: 'NOMQ-8841-ZX',
  uprn: '906714358820',
} as const;
const everyValue = Object.values(marked);

const columns = [
  ['estab_no', '3404001'],
  ['partner_person_id', marked.partnerPersonId],
  ['upn', marked.upn],
  ['surname', marked.surname],
  ['forename', marked.forename],
  ['middle_names', marked.middleNames],
  ['previous_surname', marked.previousSurname],
  ['dob', marked.birthDateAsTyped],
  ['address_line_1', marked.addressLine],
  ['town', marked.town],
  ['postcode', marked.postcode],
  ['uprn', marked.uprn],
  ['enrol_status', 'C'],
  ['entry_date', '01/09/2020'],
  ['parent1_name', marked.parentName],
  ['parent2_name', marked.otherParentName],
] as const;
const header = columns.map(([name]) => name).join(',');
const goodRow = columns.map(([, value]) => value).join(',');
/** Each value in each column in turn: wrong everywhere, and all the rows different. */
const spoiltRows = everyValue.flatMap((value) =>
  columns.map((_, index) => columns.map(([, own], at) => (at === index ? value : own)).join(',')),
);

const referralRow = {
  nomination_ref: marked.nominationReference,
  partner_person_id: marked.partnerPersonId,
  referral_date: '02/11/2026',
  forename: marked.forename,
  surname: marked.surname,
  dob: marked.birthDateAsTyped,
  nhs_number: marked.nhsNumberAsTyped,
  address_line_1: marked.addressLine,
  town: marked.town,
  postcode: marked.postcode,
  h1: 'Y',
  h2: 'Y',
};

/** Where a leak could come to light, each as text. */
interface Collected {
  readonly logs: readonly string[];
  readonly keys: readonly Item[];
  readonly audit: readonly Item[];
  readonly uploads: readonly Item[];
  readonly objects: readonly string[];
  readonly messages: readonly string[];
  readonly urls: readonly string[];
  readonly refusals: readonly SystemAnswer[];
}
const channels: Readonly<Record<keyof Collected, (collected: Collected) => string>> = {
  logs: ({ logs }) => logs.join('\n'),
  keys: ({ keys }) => keys.map(({ pk, sk, listPk, listSk }) => JSON.stringify([pk, sk, listPk, listSk])).join('\n'),
  audit: ({ audit }) => JSON.stringify(audit),
  uploads: ({ uploads }) => JSON.stringify(uploads),
  objects: ({ objects }) => objects.join('\n'),
  messages: ({ messages }) => messages.join('\n'),
  urls: ({ urls }) => urls.join('\n'),
  refusals: ({ refusals }) => refusals.map(({ text, headers }) => `${JSON.stringify(headers)} ${text}`).join('\n'),
};
const channelNames = Object.keys(channels) as (keyof Collected)[];

let collected: Collected = { logs: [], keys: [], audit: [], uploads: [], objects: [], messages: [], urls: [], refusals: [] };
let leaks: (text: string) => readonly string[] = () => ['nothing was looked for'];
const answers: SystemAnswer[] = [];
const urls: string[] = [];

const bearer = async (role: string): Promise<Record<string, string>> => ({ authorization: `Bearer ${await system().host.token([role])}` });
const ask = async (call: ApiCall, viaPortal = false): Promise<SystemAnswer> => {
  const { host } = system();
  const answer = await callSystem(viaPortal ? `${host.portalUrl}/api` : host.apiUrl, call);
  answers.push(answer);
  return answer;
};

/** People write names where there is room for words. */
const workWith = async (familyId: string, staff: Record<string, string>): Promise<void> => {
  const words = everyValue.join(' ').slice(0, 1900);
  const path = `/v1/families/${familyId}`;
  const held = await ask({ path: `${path}/case`, headers: staff });
  const { determination } = held.json as { determination?: { version: number } };
  const decision = { answer: 'accept', reason: words, determinationVersion: determination?.version };
  const accepted = await ask({
    method: 'POST',
    path: `${path}/decisions`,
    headers: { ...staff, 'if-match': held.headers['etag'] ?? '' },
    body: decision,
  });
  expect(accepted.status, accepted.text).toBe(201);
  const fact = {
    kind: 'outcome',
    criterionId: 'P2.H1.5',
    reachedOn: new Date().toISOString().slice(0, 10),
    evidence: [words.slice(0, 290)],
  };
  const told = await ask({
    method: 'POST',
    path: `${path}/facts`,
    headers: { ...staff, 'if-match': accepted.headers['etag'] ?? '' },
    body: { fact },
  });
  expect(told.status, told.text).toBe(201);
  const kind = 'significant-and-sustained-progress';
  const claim = await ask({
    method: 'POST',
    path: '/v1/claims',
    headers: { ...staff, 'idempotency-key': randomUUID() },
    body: { familyId, kind },
  });
  expect(claim.status, claim.text).toBe(201);
  const { claimId } = claim.json as { claimId: string };
  const audits = { ...(await bearer('auditor')), 'x-purpose': 'audit', 'if-match': claim.headers['etag'] ?? '' };
  await ask({ method: 'POST', path: `/v1/claims/${claimId}/audits`, headers: audits, body: { answer: 'return', reason: words } });
};

/** What goes right: the values come in by file and by referral, are asked for and shown. */
const useRightly = async (link: IssuedLink): Promise<void> => {
  const { host, send } = system();
  const staff = { ...(await bearer('programme-officer')), 'x-purpose': 'safeguarding' };
  expect((await send(link, `${header}\r\n${goodRow}\r\n`)).counts).toMatchObject({ added: 1, refused: 0 });
  const referral = { agency: 'northfield-academy', feed: 'professional-referral', agreement: 'DSA-northfield-academy', row: referralRow };
  const posted = await ask({
    method: 'POST',
    path: '/v1/referrals',
    headers: { ...staff, 'idempotency-key': randomUUID() },
    body: referral,
  });
  expect(posted.status, posted.text).toBe(202);
  await host.drained();
  for (const body of [
    { identifier: { type: 'nhs-number', value: marked.nhsNumberAsTyped } },
    { identifier: { type: 'upn', value: marked.upn } },
    { identifier: { type: 'nino', value: marked.nino } },
    { forename: marked.forename, surname: marked.surname, birthDate: marked.birthDate },
  ]) {
    urls.push((await ask({ method: 'POST', path: '/v1/people/search', headers: staff, body })).url);
  }
  const list = await ask({ path: '/v1/families', headers: staff });
  const [family] = (list.json as { items: { familyId: string }[] }).items;
  const read = await ask({ path: `/v1/families/${family?.familyId ?? ''}`, headers: staff });
  expect(read.text).toContain(marked.surname);
  const why = await ask({ path: `/v1/families/${family?.familyId ?? ''}/eligibility`, headers: staff });
  await workWith(family?.familyId ?? '', staff);
  expect((await send(link, `${header}\r\n${spoiltRows.join('\r\n')}\r\n`)).counts.refused).toBeGreaterThan(100);
  expect((await send(link, `${goodRow}\r\n${goodRow}\r\n`)).state).toBe('refused');
  expect((await send(link, `${header},${everyValue.join(',')},${marked.surname}\r\n${goodRow}\r\n`)).state).toMatch(/completed|refused/);
  urls.push(list.url, read.url, why.url);
};

/** What goes wrong: every value in every position of a request for every route. */
const useWrongly = async ({ session }: IssuedLink): Promise<void> => {
  const allRoles = await bearer('programme-officer');
  const officer = await bearer('data-officer');
  for (const value of everyValue) {
    for (const route of routes) {
      const staff = route.access.kind === 'staff' ? (route.access.roles.includes('data-officer') ? officer : allRoles) : {};
      const inPath = route.path.replaceAll(/\{\w+\}/g, encodeURIComponent(value));
      const headers = { ...staff, 'x-purpose': 'safeguarding', 'idempotency-key': randomUUID(), 'if-match': '"1"' };
      const body =
        route.method === 'GET'
          ? {}
          : {
              body: {
                token: value,
                code: value,
                session: value,
                reference: value,
                agencyName: value,
                purposes: [value],
                cohort: value,
                [value]: value,
                forename: value,
                surname: value,
                birthDate: value,
                agency: value,
                feed: value,
                row: { [value]: value },
                sha256: value,
                size: value,
              },
            };
      const viaPortal = route.access.kind === 'link';
      await ask(
        { method: route.method, path: inPath, headers, query: { cursor: value, limit: value, [value]: value }, ...body },
        viaPortal,
      );
      await ask(
        {
          method: route.method,
          path: route.path.replaceAll(/\{\w+\}/g, '01ARZ3NDEKTSV4RRFFQ69G5FAV'),
          headers: {
            ...staff,
            'x-purpose': value,
            'idempotency-key': value,
            'if-match': value,
            'x-request-id': value,
            'content-type': value,
            'user-agent': value,
            [value.replaceAll(/\W/g, '-')]: value,
          },
          ...body,
        },
        viaPortal,
      );
    }
    await ask({ method: 'POST', path: '/v1/portal/link', body: `{"token":"${value}` }, true);
    await ask({ method: 'POST', path: '/v1/portal/uploads', body: { session, cursor: value, rowErrorsOf: { uploadId: value } } }, true);
    await ask({ path: `/v1/${encodeURIComponent(value)}`, headers: officer });
    await ask({ path: '/v1/links', headers: { authorization: `Bearer ${value}` } });
  }
};

beforeAll(async () => {
  const { host, issueLink, items } = system();
  const link = await issueLink({ agency: 'northfield-academy', feed: 'school-roll' });
  leaks = leakFinder({ ...marked, realLinkToken: link.token, realSession: link.session });
  await useRightly(link);
  await useWrongly(link);
  await host.drained();
  collected = {
    logs: host.logs().map(({ from, line }) => `${from} ${line}`),
    keys: [...(await items('Records')), ...(await items('Uploads')), ...(await items('Audit'))],
    audit: await items('Audit'),
    uploads: await items('Uploads'),
    objects: host.calls().map(({ resource }) => resource),
    messages: host.messages().map(({ body }) => body),
    urls,
    refusals: answers.filter(({ status }) => status >= 400),
  };
}, 900_000);

describe('Marked personal data', () => {
  it('was really there: held in the records, shown to those who asked rightly, refused to all others', async () => {
    const records = JSON.stringify(await system().items('Records'));
    for (const field of ['forename', 'surname', 'birthDate', 'nhsNumber', 'upn', 'postcode', 'addressLine', 'town'] as const)
      expect(records.toLowerCase(), field).toContain(marked[field].toLowerCase());
    expect(answers.filter(({ text }) => text.includes(marked.surname)).length).toBeGreaterThan(3);
    expect(collected.refusals.length).toBeGreaterThan(400);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it.each(channelNames)('is not in the %s', (name) => {
    const text = channels[name](collected);
    expect(text.length).toBeGreaterThan(100);
    expect(leaks(text)).toEqual([]);
  });
});

/** One leak in each channel. */
const planted = (leak: string): Collected => ({
  logs: [`ingest-upload {"message":"row ${leak}"}`],
  keys: [{ pk: `PERSON#${leak}`, sk: 'PROFILE' }],
  audit: [{ pk: 'AUDIT#1', entry: { subjects: [leak] } }],
  uploads: [{ pk: 'UPLOAD#1', rows: [{ problems: [{ message: `${leak} is no date` }] }] }],
  objects: [`arn:aws:s3:::clean/c/${leak}.csv`],
  messages: [JSON.stringify({ kind: 'outbox', name: leak })],
  urls: [`http://127.0.0.1/v1/people?name=${leak}`],
  refusals: [{ url: '', status: 400, headers: {}, text: `{"detail":"${leak} is not valid"}`, json: undefined }],
});

describe('The search for it', () => {
  it.each(channelNames)('finds a leak in the %s, in every disguise', (name) => {
    const sample = { forename: marked.forename, nhsNumber: marked.nhsNumber, upn: marked.upn };
    for (const [field, value] of Object.entries(sample)) {
      for (const disguise of disguiseNames) {
        const [leak = value] = disguised(value, disguise);
        expect(leaks(channels[name](planted(leak))).join(), `${field}, ${disguise}`).toContain(field);
      }
    }
  });
});

import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, inject } from 'vitest';
import { apiClient, everyPage, type ApiClient } from '#infra/local/demo/api-client.ts';
import { openGivenLink, sendPartnerFile, type GivenLink } from '#infra/local/demo/send-partner-file.ts';
import type { Host, HostOptions } from '#infra/local/host/host-options.ts';
import { startHost } from '#infra/local/host/host.ts';
import { agreementRoutes } from '#shared/contracts/http/agreement-routes.ts';
import { linkRoutes, type NewLink } from '#shared/contracts/http/link-routes.ts';
import { uploadRoutes, type RowErrors, type UploadView } from '#shared/contracts/http/upload-routes.ts';
import type { Role } from '#shared/domain/access/access.ts';
import { listingIndex, type TableName } from '#shared/store/table-definition.ts';
import { aNewAgreement } from './an-agreement.ts';

const [createAgreement] = agreementRoutes;
const [createLink] = linkRoutes;
const [, readUpload, listRowErrors] = uploadRoutes;

/** What a link is for; its period covers the year before today unless it says otherwise. */
export type LinkOrder = Pick<NewLink, 'feed'> & Partial<Omit<NewLink, 'agreementId'>> & { readonly agency: string };

/** The whole system on this machine, driven by the synthesised templates, and what tests do with it. */
export interface System {
  readonly host: Host;
  /** The API as one with this role. */
  readonly as: (role: Role) => Promise<ApiClient>;
  /** The API through the portal, as a partner. */
  readonly portal: ApiClient;
  /** The agreement of the agency about every feed, `DSA-<agency>`: made when it is first asked for. */
  readonly agree: (agency: string) => Promise<string>;
  /** A new link's URL, its secret behind the `#`, and its code. */
  readonly issueLink: (order: LinkOrder) => Promise<IssuedLink>;
  /** Sends a file as a partner does and waits until everything has been processed. */
  readonly send: (link: GivenLink, file: Uint8Array | string) => Promise<UploadView>;
  readonly upload: (uploadId: string) => Promise<UploadView>;
  /**
   * The upload once it has come to its end. A worker that dies five times makes the queue give the message up; then the
   * sweep sends the upload on, and announces work whose announcement was lost, as soon as both have been quiet for long
   * enough: that time is made to pass here.
   */
  readonly finish: (uploadId: string) => Promise<UploadView>;
  readonly rowErrors: (uploadId: string) => Promise<readonly RowErrors[]>;
  /** Everything in a table. */
  readonly items: (table: TableName) => Promise<readonly Item[]>;
  /** Sets attributes of an item, past the service and whether it is there or not: how a test makes time pass. */
  readonly change: (table: TableName, key: { pk: string; sk: string }, attributes: Readonly<Record<string, unknown>>) => Promise<void>;
}

export interface IssuedLink extends GivenLink {
  readonly linkId: string;
  readonly token: string;
  /** Stands for the URL where it is typed. */
  readonly typedCode: string;
  /** Opened with the code. */
  readonly session: string;
}

const mostSweeps = 20;

/** DynamoDB Local looks through all of a segment for every page of it: whole tables in one piece take minutes. */
const scanSegments = 64;

export type Item = Readonly<Record<string, unknown>>;

/** `2026-09-30`, so many days from today. */
export const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export const linkOrder = (
  { feed, agency: _agency, ...over }: Omit<LinkOrder, 'agency'> & { readonly agency?: string },
  agreementId: string,
): NewLink => ({
  agreementId,
  feed,
  periodStart: dayFromNow(-365),
  periodEnd: dayFromNow(0),
  expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  ...over,
});

/** Starts the system for one test file and stops it after. Call the returned function inside a test or a hook. */
export const useSystem = (options: Omit<HostOptions, 'assembly'> = {}): (() => System) => {
  let running: { readonly system: System; readonly stop: () => Promise<void> } | undefined;
  beforeAll(async () => {
    running = openSystem(await startHost({ assembly: inject('assembly'), retryAfterSeconds: 0, ...options }));
  });
  afterAll(() => running?.stop());
  return () => {
    if (!running) throw new Error('useSystem: call the returned function inside a test or a hook');
    return running.system;
  };
};

const openSystem = (host: Host): { readonly system: System; readonly stop: () => Promise<void> } => {
  const local = { region: 'eu-west-2', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const database = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: host.tablesUrl, ...local }));
  const tableName = (table: TableName): string => {
    const found = host.model.ofType('AWS::DynamoDB::Table').find(({ logicalId }) => logicalId.startsWith(table));
    if (!found) throw new Error(`the template has no table ${table}`);
    return found.ref;
  };
  const clients = new Map<Role, Promise<ApiClient>>();
  const as = (role: Role): Promise<ApiClient> => {
    const client = clients.get(role) ?? host.token([role]).then((token) => apiClient(host.apiUrl, token));
    clients.set(role, client);
    return client;
  };
  const portal = apiClient(`${host.portalUrl}/api`);
  const agreements = new Map<string, Promise<string>>();
  const agree: System['agree'] = (agency) => {
    const made =
      agreements.get(agency) ??
      as('data-officer').then(async (staff) => {
        const body = aNewAgreement({ agency, reference: `DSA-${agency}`, start: dayFromNow(-365), end: dayFromNow(365) });
        return (await staff(createAgreement, { headers: { 'idempotency-key': randomUUID() }, body })).agreementId;
      });
    agreements.set(agency, made);
    return made;
  };
  const upload = async (uploadId: string): Promise<UploadView> => (await as('data-officer'))(readUpload, { path: { uploadId } });
  const change: System['change'] = async (table, key, attributes) => {
    const names = Object.keys(attributes);
    await database.send(
      new UpdateCommand({
        TableName: tableName(table),
        Key: key,
        UpdateExpression: `SET ${names.map((_, index) => `#n${String(index)} = :v${String(index)}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${String(index)}`, name])),
        ExpressionAttributeValues: Object.fromEntries(names.map((name, index) => [`:v${String(index)}`, attributes[name]])),
      }),
    );
  };
  const items: System['items'] = async (table) => {
    const scan = async (Segment: number): Promise<readonly Item[]> => {
      const found: Item[] = [];
      const part = { TableName: tableName(table), Segment, TotalSegments: scanSegments };
      for await (const page of paginateScan({ client: database }, part)) found.push(...(page.Items ?? []));
      return found;
    };
    const parts = await Promise.all(Array.from({ length: scanSegments }, (_, segment) => scan(segment)));
    return parts.flat();
  };
  /** A worker that dies between writing work down and announcing it leaves it to the sweep, which takes it for lost after a while. */
  const announceLostWork = async (): Promise<void> => {
    const { Items: lost = [] } = await database.send(
      new QueryCommand({
        TableName: tableName('Records'),
        IndexName: listingIndex.name,
        KeyConditionExpression: 'listPk = :outbox',
        ExpressionAttributeValues: { ':outbox': 'OUTBOX' },
      }),
    );
    if (lost.length === 0) return;
    const longAgo = new Date(Date.now() - 3_600_000).toISOString();
    for (const { pk, sk } of lost)
      await change('Records', { pk: String(pk), sk: String(sk) }, { createdAt: longAgo, listSk: `${longAgo}#${String(sk)}#${String(pk)}` });
    await host.fireSchedules('sweep-uploads');
    await host.drained(900);
  };
  const system: System = {
    host,
    as,
    portal,
    agree,
    issueLink: async ({ agency, ...order }) => {
      const staff = await as('data-officer');
      const body = linkOrder(order, await agree(agency));
      const { linkId, url, code, typedCode } = await staff(createLink, { headers: { 'idempotency-key': randomUUID() }, body });
      if (url === undefined || code === undefined || typedCode === undefined) throw new Error('the link was created without its secrets');
      const { session } = await openGivenLink(portal, { url, code });
      return { linkId, url, code, typedCode, token: new URL(url).hash.slice(1), session };
    },
    send: async (link, file) => {
      const { uploadId } = await sendPartnerFile(portal, link, Buffer.from(file));
      await host.drained(900);
      return upload(uploadId);
    },
    upload,
    finish: async (uploadId) => {
      for (let sweeps = 0; sweeps < mostSweeps; sweeps++) {
        const view = await upload(uploadId);
        if (['completed', 'refused', 'expired'].includes(view.state)) {
          await announceLostWork();
          return view;
        }
        const longAgo = new Date(Date.now() - 3_600_000).toISOString();
        await change('Uploads', { pk: `UPLOAD#${uploadId}`, sk: 'UPLOAD' }, { updatedAt: longAgo, leaseUntil: longAgo });
        await host.fireSchedules('sweep-uploads');
        await host.drained(900);
      }
      const said = host.logs().filter(({ from }) => from === 'host');
      throw new Error(`the upload does not come to its end: ${said.map(({ line }) => line).join('; ')}`);
    },
    rowErrors: async (uploadId) => {
      const staff = await as('data-officer');
      return everyPage((cursor) => staff(listRowErrors, { path: { uploadId }, query: { limit: 100, cursor } }));
    },
    items,
    change,
  };
  const stop = async (): Promise<void> => {
    database.destroy();
    await host.stop();
  };
  return { system, stop };
};

import { determinationRoutes } from '#shared/contracts/http/determination-routes.ts';
import type { DeterminationRecord } from '#shared/domain/eligibility/replay/determination-record.ts';
import { apiClient } from '../../demo/api-client.ts';

const [, , , recordRoute] = determinationRoutes;

/** The one determination that is meant: `FAMILY VERSION`, or both with a slash between them. */
export const determinationNamed = (words: readonly string[]): { readonly familyId: string; readonly version: string } | undefined => {
  const [, familyId, version] = /^([0-9A-Z]{26})[ /]([1-9]\d{0,5})$/.exec(words.join(' ')) ?? [];
  return familyId === undefined || version === undefined ? undefined : { familyId, version };
};

const isThisMachine = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** Reads the sealed record from a running service. Throws with one line for a person; the token is sent nowhere but to an address that keeps it. */
export const fetchRecord = async (
  { familyId, version }: { readonly familyId: string; readonly version: string },
  { api, token }: { readonly api: string; readonly token: string },
): Promise<DeterminationRecord> => {
  const url = URL.canParse(api) ? new URL(api) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && !isThisMachine(url)))
    throw new Error('API must be the https address of the service, without /v1; http is for this machine only.');
  const address = `${url.origin}${url.pathname.replace(/\/(?:v1\/?)?$/, '')}`;
  return apiClient(address, token)(recordRoute, { path: { familyId, version }, headers: { 'x-purpose': 'audit' } });
};

import { roleSchema } from '#shared/domain/access/access.ts';
import type { Host } from '../host/host-options.ts';
import { apiClient } from './api-client.ts';
import type { Outcome } from './read-outcome.ts';
import { issueLink } from './run-main-job.ts';

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const oneDay = 86_400;

const curl = (token: string, url: string, more: readonly string[] = []): string =>
  ['  curl -s', `-H 'Authorization: Bearer ${token}'`, ...more, `'${url}'`].join(' ');

/** A family and one of its people to ask about: eligible and with a full name where there is one. */
const example = ({ families, details }: Outcome): { familyId: string; forename: string; surname: string; birthDate: string } => {
  const order = [...families].sort((a, b) => Number(b.outcome === 'eligible') - Number(a.outcome === 'eligible'));
  for (const { familyId } of order) {
    for (const member of details.find((family) => family.familyId === familyId)?.members ?? []) {
      if (member.access !== 'shown' || !member.forename || !member.surname || !member.birthDate) continue;
      return { familyId, forename: member.forename, surname: member.surname, birthDate: member.birthDate };
    }
  }
  return { familyId: families[0]?.familyId ?? '', forename: 'Aoife', surname: 'Example', birthDate: '2015-03-09' };
};

/** What to try by hand: a fresh link, tokens for the staff roles, three lines to paste. */
export const invitation = async (host: Host, outcome: Outcome): Promise<string[]> => {
  const tokens = await Promise.all(
    roleSchema.options.map(async (role) => [role, await host.token([role], { expiresInSeconds: oneDay })] as const),
  );
  const tokenOf = (role: string): string => tokens.find(([name]) => name === role)?.[1] ?? '';
  const link = await issueLink(apiClient(host.apiUrl, tokenOf('data-officer')), {
    agency: 'northfield-academy',
    feed: 'suspensions',
    agreement: 'DSA-DEMO-1',
    periodStart: day(-365),
    periodEnd: day(-1),
  });
  const officer = tokenOf('programme-officer');
  const { familyId, ...person } = example(outcome);
  const purpose = "-H 'X-Purpose: identify-families'";
  return [
    'Portal, with a fresh link for suspensions:',
    `  ${link}`,
    `API: ${host.apiUrl}/v1`,
    '',
    'Bearer tokens of the staff roles (good for a day, on this machine only):',
    ...tokens.flatMap(([role, token]) => [`  ${role}`, `    ${token}`]),
    '',
    'Paste any of these into another terminal:',
    '',
    curl(officer, `${host.apiUrl}/v1/families?eligibility=eligible&limit=3`),
    '',
    curl(officer, `${host.apiUrl}/v1/families/${familyId}/eligibility`, [purpose]),
    '',
    curl(officer, `${host.apiUrl}/v1/people/search`, [
      purpose,
      "-H 'Content-Type: application/json'",
      `-d '${JSON.stringify(person).replaceAll("'", String.raw`'\''`)}'`,
    ]),
  ];
};

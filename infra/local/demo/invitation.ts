import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FamilyView } from '#shared/contracts/http/family-routes.ts';
import { type Role, roleSchema } from '#shared/domain/access/access.ts';
import { dayOf } from '#shared/domain/calendar/days.ts';
import type { Host } from '../host/host-options.ts';
import { apiClient } from './api-client.ts';
import type { Outcome } from './read-outcome.ts';
import { issueLink } from './run-main-job.ts';
import { suspensionsWriter } from '../sample-data/feeds/suspensions.ts';
import { defaultAsOf } from '../sample-data/generate-sample-data.ts';

/** So that a file of `npm run sample-data`, which is as of a day of its own, fits as well as one of this run. */
const demoPeriod = (): { periodStart: string; periodEnd: string } => {
  const today = new Date().toISOString().slice(0, 10);
  const { start } = suspensionsWriter.period(dayOf(defaultAsOf < today ? defaultAsOf : today));
  return { periodStart: start, periodEnd: defaultAsOf < today ? today : defaultAsOf };
};
const oneDay = 86_400;

/** As one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const curl = (tokenFile: string, url: string, more: readonly string[] = []): string =>
  ['  curl -s', `-H "Authorization: Bearer $(cat ${quoted(tokenFile)})"`, ...more, quoted(url)].join(' ');

type Shown = Extract<FamilyView['members'][number], { access: 'shown' }>;

interface Whole {
  readonly forename: string;
  readonly surname: string;
  readonly birthDate: string;
}

const isWhole = (member: FamilyView['members'][number]): member is Shown & Whole =>
  member.access === 'shown' && [member.forename, member.surname, member.birthDate].every((part) => part !== undefined && part !== '');

/** How far from what a first reader expects: somebody not shown, somebody without a name, the same person twice, no child. */
const blemishes = ({ members }: FamilyView): number => {
  const whole = members.filter(isWhole);
  const seen = (of: (member: (typeof whole)[number]) => string): number => whole.length - new Set(whole.map(of)).size;
  return 2 * (members.length - whole.length) + seen(({ forename }) => forename.toLowerCase()) + seen(({ birthDate }) => birthDate);
};

/** A family to ask about, eligible and easy to read where there is one, and one of its people. */
const example = ({ families, details }: Outcome): Whole & { familyId: string } => {
  const detailsOf = new Map(details.map((family) => [family.familyId, family]));
  const found = families
    .flatMap(({ familyId, outcome, waitingFor }) => {
      const family = detailsOf.get(familyId);
      if (family === undefined) return [];
      const unclear = waitingFor.filter((what) => what !== 'decision').length;
      const usualSize = family.members.length >= 3 && family.members.length <= 6 ? 0 : 1;
      return [{ family, order: [outcome === 'eligible' ? 0 : 1, blemishes(family) + unclear, usualSize] as const }];
    })
    .toSorted((one, other) => one.order.map((value, at) => value - (other.order[at] ?? 0)).find((difference) => difference !== 0) ?? 0);
  for (const { family } of found) {
    const person = family.members.find(isWhole);
    if (person !== undefined) {
      return { familyId: family.familyId, forename: person.forename, surname: person.surname, birthDate: person.birthDate };
    }
  }
  return { familyId: families[0]?.familyId ?? '', forename: 'Aoife', surname: 'Example', birthDate: '2015-03-09' };
};

interface StaffToken {
  readonly name: string;
  readonly role: Role;
  readonly subject?: string;
}

/** Somebody of each role, and a second programme officer: who writes rules cannot approve them. */
const staff: readonly StaffToken[] = roleSchema.options.flatMap((role): StaffToken[] => [
  { name: role, role },
  ...(role === 'programme-officer' ? [{ name: `${role}-2`, role, subject: 'second-programme-officer' }] : []),
]);

/**
 * What to try by hand: a fresh link, tokens for the staff roles, three lines to paste. The tokens are long and secret: each
 * is written to a file of its own in `folder`, which only its owner can read.
 */
export const invitation = async (host: Host, outcome: Outcome, folder: string): Promise<string[]> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (name: string): string => path.join(folder, name);
  for (const { name, role, subject } of staff) {
    const token = await host.token([role], { expiresInSeconds: oneDay, ...(subject !== undefined && { subject }) });
    writeFileSync(fileOf(name), token, { mode: 0o600 });
  }
  const link = await issueLink(apiClient(host.apiUrl, await host.token(['data-officer'])), {
    agency: 'northfield-academy',
    feed: 'suspensions',
    agreement: 'DSA-DEMO-1',
    ...demoPeriod(),
  });
  const officer = fileOf('programme-officer');
  const { familyId, ...person } = example(outcome);
  const purpose = "-H 'X-Purpose: identify-families'";
  return [
    'Portal, with a fresh link for suspensions:',
    `  ${link.url}`,
    `  and its code, which a partner is told by another channel: ${link.code}`,
    `  without JavaScript: ${link.formUrl}, where ${link.typedCode} stands for the link`,
    `API: ${host.apiUrl}/v1`,
    '',
    'Bearer tokens of the staff roles, a file each (good for a day, on this machine, until this stops):',
    ...staff.map(({ name }) => `  ${name.padEnd(20)} $(cat ${quoted(fileOf(name))})`),
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
      `-d ${quoted(JSON.stringify(person))}`,
    ]),
  ];
};

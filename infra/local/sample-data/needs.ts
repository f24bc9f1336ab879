import { ageInYears, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { headings, type Heading } from './evidence.ts';
import { isDependentChild } from './child-ages.ts';
import type { SampleFamily, SampleMember, SamplePerson } from './model.ts';
import { drawTable, type DrawTable, type Random } from './random.ts';
import { plannedHeadings } from './rates.ts';

/** Which kind of trouble is to show in the files, and about whom. */
export type Need =
  | 'youth-offence'
  | 'antisocial-behaviour'
  | 'unauthorised-absence'
  | 'suspensions'
  | 'permanent-exclusion'
  | 'early-help'
  | 'child-in-need'
  | 'child-protection'
  | 'out-of-work'
  | 'rent-arrears'
  | 'eviction'
  | 'homelessness'
  | 'abuse-conference'
  | 'abuse-incident'
  | 'mental-health'
  | 'substance-misuse'
  | 'health-concern';

export interface PlannedNeed {
  readonly need: Need;
  readonly person: SamplePerson;
}

interface Option {
  readonly heading: Heading;
  readonly need: Need;
  readonly weight: number;
  readonly fits: (member: SampleMember, age: number) => boolean;
}

const isGrown = (member: SampleMember): boolean => member.role !== 'child' && member.resident;
const isParent = (member: SampleMember): boolean => ['parent', 'step-parent', 'carer', 'adult'].includes(member.role) && member.resident;
const isPupil = (member: SampleMember, from: number, to: number, age: number): boolean =>
  member.role === 'child' && member.person.occupation === 'school' && age >= from && age <= to;
const isChild = (member: SampleMember): boolean => member.role === 'child';

const options: readonly Option[] = [
  { heading: 'H1', need: 'youth-offence', weight: 12, fits: (member, age) => isChild(member) && age >= 12 && age <= 17 },
  {
    heading: 'H1',
    need: 'antisocial-behaviour',
    weight: 6,
    fits: (member, age) => !member.person.unborn && member.resident && age >= 11 && age < 60,
  },
  { heading: 'H2', need: 'unauthorised-absence', weight: 8, fits: (member, age) => isPupil(member, 6, 15, age) },
  { heading: 'H2', need: 'suspensions', weight: 3, fits: (member, age) => isPupil(member, 9, 15, age) },
  { heading: 'H2', need: 'permanent-exclusion', weight: 0.6, fits: (member, age) => isPupil(member, 10, 15, age) },
  { heading: 'H3', need: 'early-help', weight: 5, fits: (member, age) => isChild(member) && age < 17 && !member.person.unborn },
  { heading: 'H3', need: 'child-in-need', weight: 4, fits: (member, age) => isChild(member) && age < 17 },
  { heading: 'H3', need: 'child-protection', weight: 1.5, fits: (member, age) => isChild(member) && age < 17 },
  { heading: 'H4', need: 'out-of-work', weight: 9, fits: (member, age) => isGrown(member) && age >= 19 && age < 66 },
  { heading: 'H4', need: 'rent-arrears', weight: 5, fits: (member, age) => isParent(member) && age >= 19 },
  { heading: 'H4', need: 'eviction', weight: 1, fits: (member, age) => isParent(member) && age >= 19 },
  { heading: 'H4', need: 'homelessness', weight: 1.5, fits: (member, age) => isParent(member) && age >= 19 },
  { heading: 'H5', need: 'abuse-conference', weight: 2, fits: (member, age) => isParent(member) && age >= 18 },
  { heading: 'H5', need: 'abuse-incident', weight: 5, fits: (member, age) => isParent(member) && age >= 18 },
  { heading: 'H6', need: 'mental-health', weight: 5, fits: (member, age) => isGrown(member) && age >= 19 },
  { heading: 'H6', need: 'substance-misuse', weight: 3, fits: (member, age) => isGrown(member) && age >= 19 && age < 66 },
  { heading: 'H6', need: 'health-concern', weight: 4, fits: (member, age) => isChild(member) && !member.person.unborn && age < 5 },
];

const headingShares: DrawTable<Heading> = drawTable([
  ['H1', 12],
  ['H2', 20],
  ['H3', 18],
  ['H4', 26],
  ['H5', 11],
  ['H6', 18],
]);

/** What the files are to show about a family: as many different headings as the family was dealt, each by one person. */
export const planNeeds = (random: Random, family: SampleFamily, asOf: DayNumber): PlannedNeed[] => {
  if (family.structure === 'sealed-identity') return [];
  const hasChild = family.members.some(({ person, role }) => role === 'child' && isDependentChild(person, asOf));
  let wanted = random.draw(hasChild ? plannedHeadings.withDependentChild : plannedHeadings.without);
  const chosen = new Set<Heading>();
  if (family.structure === 'refuge') {
    chosen.add('H5');
    wanted = Math.max(wanted, 1);
  }
  for (let tries = 0; chosen.size < Math.min(wanted, headings.length) && tries < 40; tries++) chosen.add(random.draw(headingShares));
  return [...chosen].flatMap((heading) => {
    const feasible = options
      .filter((option) => option.heading === heading)
      .map((option) => ({
        option,
        people: family.members.filter((member) => option.fits(member, ageInYears(member.person.birthDate, asOf))),
      }))
      .filter(({ people }) => people.length > 0);
    if (feasible.length === 0) return [];
    const { option, people } = random.draw(drawTable(feasible.map((each) => [each, each.option.weight] as const)));
    return [{ need: option.need, person: random.pick(people).person }];
  });
};

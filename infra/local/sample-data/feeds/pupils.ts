import { schools, type School } from '../data/places.ts';
import { yearGroupOf } from '../child-ages.ts';
import type { FamilyContext } from '../feed-writer.ts';
import type { SampleMember, SamplePerson } from '../model.ts';

/** Roll, attendance and suspensions come from one system, the council’s own. */
export const agency = 'mossbank-schools';
export const agreement = 'DSA-MOSSBANK-SCHOOLS-2026';
/** Three school years: what a pupil’s record in the system goes back to. */
export const termsSent = 9;

export const localAuthority = '340';

/** The pupils of a family, each with their year group. A child of 18 in the year after Year 13 is at a college, which sends nothing. */
export const pupilsOf = ({
  members,
  family,
  asOf,
}: FamilyContext): { readonly member: SampleMember; readonly person: SamplePerson; readonly year: number }[] =>
  family.structure === 'sealed-identity'
    ? []
    : members
        .filter(
          ({ person, role }) =>
            role === 'child' && !person.unborn && (person.occupation === 'school' || person.occupation === 'sixth-form'),
        )
        .map((member) => ({ member, person: member.person, year: yearGroupOf(member.person.birthDate, asOf) }))
        .filter(({ year }) => year >= 0 && year <= 13);

/** Children of a family go to the same school of their phase, one near home if there is one. */
export const schoolOf = ({ family, stable }: FamilyContext, year: number): School => {
  const phase = year <= 6 ? 'primary' : 'secondary';
  const all = schools.filter((school) => school.phase === phase);
  const near = all.filter(({ outward }) => outward === family.address.outward);
  return stable(`school-${phase}`).pick(near.length > 0 ? near : all);
};

import type { CoveredPeriod, FamilyEvidence } from '../../domain/eligibility/family-evidence.ts';
import { standingEntries, type CaseEntry } from '../../domain/cases/case-entry.ts';
import type { Family } from '../../domain/families/family.ts';
import { familyEvidence } from '../families/determine-family.ts';
import type { CasePorts } from './case-ports.ts';

/** A family as at a day, with everything the files say by then, as the rules read it. */
export const familyBasis = async (
  { people, coverage }: Pick<CasePorts, 'people' | 'coverage'>,
  family: Family,
  { entries, asAt }: { readonly entries: readonly CaseEntry[]; readonly asAt: string },
): Promise<{ readonly family: FamilyEvidence; readonly coverage: readonly CoveredPeriod[] }> => {
  const [members, covered] = await Promise.all([
    people.readPeople(family.members.map(({ personId }) => personId)),
    coverage.readCoverage(),
  ]);
  const assessments = standingEntries(entries).facts.flatMap(({ fact }) => (fact.kind === 'assessment' ? [fact.on] : []));
  const evidence = familyEvidence(family, new Map(members.map((person) => [person.profile.personId, person])), {
    asAt,
    assessedOn: assessments.toSorted().at(-1),
  });
  return {
    // Nothing is looked at of somebody under a restriction: nor is it sealed, packed or handed on.
    family: { ...evidence, members: evidence.members.map((member) => (member.restricted ? { ...member, records: [] } : member)) },
    coverage: covered,
  };
};

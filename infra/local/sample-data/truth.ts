import { ageInYears, formatIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import type { Community } from './data/names.ts';
import type { FamilyAssessment, HeadingsMet } from './evidence.ts';
import { isDependentChild } from './child-ages.ts';
import type { FamilyStructure, MemberRole, SampleFamily, SamplePerson } from './model.ts';
import type { AssignedThreshold } from './threshold-cases.ts';

interface TruthPerson {
  readonly personId: string;
  readonly forename: string;
  readonly surname: string;
  readonly previousSurname?: string;
  readonly sex: 'male' | 'female';
  /** The culture that the name is from. */
  readonly community: Community;
  readonly birthDate?: string;
  readonly expectedBirthDate?: string;
  readonly familyIds: readonly string[];
  /** How many mentions in accepted rows are of this person; with none nobody can know them. */
  readonly mentions: number;
}

export interface TruthFamily {
  readonly familyId: string;
  readonly structure: FamilyStructure;
  readonly members: readonly { readonly personId: string; readonly role: MemberRole; readonly resident: boolean }[];
  readonly hasDependentChild: boolean;
  readonly dependentChildBecause?: 'under-16' | '16-to-18-not-in-work';
  /** Criteria met through those who live there, by heading. */
  readonly headings: HeadingsMet;
  /** Headings met only through a parent who lives elsewhere: at most one of them counts. */
  readonly fromParentElsewhere: HeadingsMet;
  readonly headingsCounted: number;
  readonly eligible: boolean;
  readonly thresholdCase?: { readonly name: string; readonly personId: string };
}

export interface TruthRefusal {
  /** 1 is the first row under the header. */
  readonly row: number;
  /** Absent where the whole row is none, as with a row of totals. */
  readonly column?: string;
  readonly because: string;
}

export interface TruthFile {
  readonly file: string;
  /** Who is who in the accepted rows: row, subject, person. */
  readonly mentions: readonly (readonly [row: number, subject: string, personId: string])[];
  readonly refused: readonly TruthRefusal[];
  /** Rows that repeat an earlier one letter by letter: row, the row it repeats. */
  readonly repeated: readonly (readonly [row: number, of: number])[];
}

export interface Truth {
  readonly about: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly asOf: string;
  readonly persons: readonly TruthPerson[];
  readonly families: readonly TruthFamily[];
  /** Two identities of one child, before and after an adoption order: whoever joins them is wrong. */
  readonly neverJoin: readonly (readonly [before: string, after: string])[];
  readonly files: readonly TruthFile[];
}

export const aboutTruth: Truth['about'] = {
  notForThePipeline: 'Never read while files are processed: only to compare with what came of it.',
  family:
    'A dependent child’s household (those who live with the child as parent, step-parent, carer, sibling or grown-up relative) and, marked resident: false, a parent who lives elsewhere. Adults without children who live together are a family too; each stranger at a shared address is a family of one.',
  headings:
    'By the plain reading of the six-heading plan as of the date, from evidence in accepted rows only. Twelve months end with the date itself, both ends included. The last three terms are those completed by then.',
  eligible: 'A dependent child and two or more headings, of which at most one only through a parent who lives elsewhere.',
  dependentChild: 'Aged 0 to 15, or 16 to 18 and not in work, living in the household. An unborn child is none yet.',
  rows: 'Row 1 is the first row under the header.',
};

export const truthPerson = (person: SamplePerson, familyIds: readonly string[], mentions: number): TruthPerson => ({
  personId: person.personId,
  forename: person.unborn ? '' : person.forename,
  surname: person.surname,
  ...(person.previousSurname !== undefined && { previousSurname: person.previousSurname }),
  sex: person.sex,
  community: person.community,
  ...(person.unborn ? { expectedBirthDate: formatIsoDate(person.birthDate) } : { birthDate: formatIsoDate(person.birthDate) }),
  familyIds,
  mentions,
});

export const truthFamily = (
  family: SampleFamily,
  assessment: FamilyAssessment,
  asOf: DayNumber,
  threshold: AssignedThreshold | undefined,
): TruthFamily => {
  const dependent = family.members.filter(({ person, role, resident }) => role === 'child' && resident && isDependentChild(person, asOf));
  // The name before an adoption order is an identity, not a child who lives somewhere.
  const hasDependentChild = dependent.length > 0 && family.structure !== 'sealed-identity';
  return {
    familyId: family.familyId,
    structure: family.structure,
    members: family.members.map(({ person, role, resident }) => ({ personId: person.personId, role, resident })),
    hasDependentChild,
    ...(hasDependentChild && {
      dependentChildBecause: dependent.some(({ person }) => ageInYears(person.birthDate, asOf) < 16) ? 'under-16' : '16-to-18-not-in-work',
    }),
    ...assessment,
    eligible: hasDependentChild && assessment.headingsCounted >= 2,
    ...(threshold && { thresholdCase: { name: threshold.name, personId: threshold.person.personId } }),
  };
};

/** The truth as JSON, a person, a family, a file's list each on a line of its own: in pieces, since it can be long. */
export function* truthText(truth: Truth): Generator<string> {
  const { persons, families, files, ...head } = truth;
  yield `${JSON.stringify(head, undefined, 1).slice(0, -2)},\n "persons": [\n`;
  yield* lines(persons);
  yield ' ],\n "families": [\n';
  yield* lines(families);
  yield ' ],\n "files": [\n';
  yield* lines(files);
  yield ' ]\n}\n';
}

function* lines(items: readonly unknown[]): Generator<string> {
  for (const [index, item] of items.entries()) yield `  ${JSON.stringify(item)}${index < items.length - 1 ? ',' : ''}\n`;
}

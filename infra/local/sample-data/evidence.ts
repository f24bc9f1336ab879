import { addDays, addMonths, ageInYears, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import type { SampleFamily, SamplePerson } from './model.ts';

/** What a row written into a file says, in the generator's own terms. `to` is the first day on which it no longer holds. */
export type Evidence = { readonly personId: string } & (
  | { readonly kind: 'attendance'; readonly termEnded: DayNumber; readonly possible: number; readonly unauthorised: number }
  | { readonly kind: 'suspension' | 'permanent-exclusion' | 'proven-offence' | 'health-concern'; readonly on: DayNumber }
  | {
      readonly kind: 'incident';
      readonly on: DayNumber;
      readonly role: string;
      readonly antisocial: boolean;
      readonly domesticAbuse: boolean;
    }
  | { readonly kind: 'domestic-abuse'; readonly on: DayNumber }
  | {
      readonly kind:
        | 'child-in-need'
        | 'child-protection'
        | 'early-help'
        | 'out-of-work'
        | 'rent-arrears'
        | 'eviction'
        | 'homelessness'
        | 'mental-health'
        | 'substance-misuse';
      readonly from: DayNumber;
      readonly to?: DayNumber | undefined;
    }
);

export const headings = ['H1', 'H2', 'H3', 'H4', 'H5', 'H6'] as const;
export type Heading = (typeof headings)[number];

/** Criteria met, by heading, in the numbering of the programme's outcome plans. */
export type HeadingsMet = Readonly<Partial<Record<Heading, readonly string[]>>>;

interface Dates {
  readonly asOf: DayNumber;
  /** The first day of the autumn term, and the first day after the summer term, of the last completed school year. */
  readonly schoolYear: { readonly from: DayNumber; readonly to: DayNumber };
}

const isWithinYear = (on: DayNumber, asOf: DayNumber): boolean => on >= addMonths(addDays(asOf, 1), -12) && on <= asOf;

/**
 * The criteria that one person's evidence meets, by the plain reading of the six-heading plan: proven offence by a child
 * or antisocial behaviour (12 months); unauthorised absence over 10 %, three suspensions or a permanent exclusion (last
 * three completed terms); early help, child in need or on a protection plan (now); out of work, behind with the rent,
 * facing eviction or homelessness (now); domestic abuse (12 months); a mental health, drug or alcohol problem (now) or a
 * health visitor's concern about a child under five (12 months).
 */
const criteriaOf = (person: SamplePerson, evidence: readonly Evidence[], { asOf, schoolYear }: Dates): string[] => {
  const ageOn = (day: DayNumber) => ageInYears(person.birthDate, day);
  const isChild = person.unborn || ageOn(asOf) < 18;
  const met = new Set<string>();
  const inTerms = (on: DayNumber) => on >= schoolYear.from && on < schoolYear.to;
  let possible = 0;
  let unauthorised = 0;
  let suspensions = 0;
  for (const each of evidence) {
    switch (each.kind) {
      case 'attendance':
        if (!inTerms(addDays(each.termEnded, -1))) break;
        possible += each.possible;
        unauthorised += each.unauthorised;
        break;
      case 'suspension':
        if (inTerms(each.on)) suspensions += 1;
        break;
      case 'permanent-exclusion':
        if (isChild && inTerms(each.on)) met.add('P2.H2.3');
        break;
      case 'proven-offence':
        if (isWithinYear(each.on, asOf) && ageOn(each.on) < 18) met.add('P2.H1.1');
        break;
      case 'health-concern':
        if (isWithinYear(each.on, asOf) && ageOn(each.on) < 5) met.add('P2.H6.3');
        break;
      case 'incident':
        if (!isWithinYear(each.on, asOf)) break;
        if (each.antisocial && each.role === 'suspect') met.add('P2.H1.2');
        if (each.domesticAbuse && each.role === 'victim') met.add('P2.H5.1');
        if (each.domesticAbuse && each.role === 'suspect') met.add('P2.H5.2');
        break;
      case 'domestic-abuse':
        if (isWithinYear(each.on, asOf)) met.add('P2.H5.1');
        break;
      default: {
        if (each.from > asOf || (each.to !== undefined && each.to <= asOf)) break;
        const criterion = stateCriteria[each.kind];
        if (criterion.who === 'anyone' || (criterion.who === 'child') === isChild) met.add(criterion.id);
      }
    }
  }
  if (isChild && possible > 0 && unauthorised * 10 > possible) met.add('P2.H2.1');
  if (isChild && suspensions >= 3) met.add('P2.H2.2');
  return [...met];
};

type StateKind = Extract<Evidence, { from: DayNumber }>['kind'];

const stateCriteria: Readonly<Record<StateKind, { readonly id: string; readonly who: 'child' | 'adult' | 'anyone' }>> = {
  'early-help': { id: 'P2.H3.1', who: 'child' },
  'child-in-need': { id: 'P2.H3.2', who: 'child' },
  'child-protection': { id: 'P2.H3.3', who: 'child' },
  'out-of-work': { id: 'P2.H4.1', who: 'adult' },
  'rent-arrears': { id: 'P2.H4.3', who: 'adult' },
  eviction: { id: 'P2.H4.3', who: 'adult' },
  homelessness: { id: 'P2.H4.3', who: 'anyone' },
  'mental-health': { id: 'P2.H6.1', who: 'anyone' },
  'substance-misuse': { id: 'P2.H6.2', who: 'anyone' },
};

export interface FamilyAssessment {
  readonly headings: HeadingsMet;
  /** Met only through a parent who lives elsewhere; at most one of them counts. */
  readonly fromParentElsewhere: HeadingsMet;
  readonly headingsCounted: number;
}

const headingOf = (criterion: string): Heading => {
  const found = headings.find((heading) => criterion.startsWith(`P2.${heading}.`));
  if (found === undefined) throw new RangeError('criterion without a heading');
  return found;
};

export const assessFamily = (
  family: SampleFamily,
  evidenceOf: ReadonlyMap<string, readonly Evidence[]>,
  dates: Dates,
): FamilyAssessment => {
  const collect = (resident: boolean): Map<Heading, string[]> => {
    const met = new Map<Heading, string[]>();
    for (const member of family.members.filter((each) => each.resident === resident)) {
      for (const criterion of criteriaOf(member.person, evidenceOf.get(member.person.personId) ?? [], dates)) {
        const heading = headingOf(criterion);
        const known = met.get(heading) ?? [];
        if (!known.includes(criterion)) met.set(heading, [...known, criterion].toSorted());
      }
    }
    return met;
  };
  const resident = collect(true);
  const elsewhere = new Map([...collect(false)].filter(([heading]) => !resident.has(heading)));
  return {
    headings: Object.fromEntries([...resident].toSorted()),
    fromParentElsewhere: Object.fromEntries([...elsewhere].toSorted()),
    headingsCounted: resident.size + Math.min(1, elsewhere.size),
  };
};

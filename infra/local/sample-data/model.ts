import type { DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import type { Community } from './data/names.ts';

/** Everything below is invented; nothing is drawn from a real person or dwelling. */
export interface SampleAddress {
  readonly lines: readonly string[];
  readonly town: string;
  readonly postcode: string;
  readonly uprn: string;
  /** First part of the postcode: decides the school. */
  readonly outward: string;
  /** `shared`: hostel, house in multiple occupation or a tower block without flat numbers: strangers under one address. */
  readonly kind: 'home' | 'shared' | 'refuge';
}

/** What someone does all day as of the reference date; decides who is a dependent child at 16 to 18. */
export type Occupation = 'pre-school' | 'school' | 'sixth-form' | 'employed' | 'unemployed' | 'retired';

export interface SamplePerson {
  readonly personId: string;
  readonly sex: 'male' | 'female';
  readonly forename: string;
  readonly middleName: string | undefined;
  readonly surname: string;
  /** By marriage, mostly; feeds that have not caught up still use it. */
  readonly previousSurname: string | undefined;
  /** Of an unborn child the expected date, after the reference date. */
  readonly birthDate: DayNumber;
  readonly unborn: boolean;
  readonly community: Community;
  readonly ethnicity: string;
  readonly nhsNumber: string;
  readonly upn: string;
  /** A temporary number that some files still carry instead of the permanent one. */
  readonly temporaryUpn: string | undefined;
  readonly nino: string;
  readonly pncId: string;
  readonly occupation: Occupation;
  address: SampleAddress;
  /** Where some feeds have them: the home before the last move or, of a child, the other parent’s. */
  otherAddress: SampleAddress | undefined;
}

export type MemberRole = 'parent' | 'step-parent' | 'carer' | 'child' | 'adult-child' | 'adult' | 'non-resident-parent';

export interface SampleMember {
  readonly person: SamplePerson;
  readonly role: MemberRole;
  readonly resident: boolean;
}

export type FamilyStructure =
  | 'couple'
  | 'lone-parent'
  | 'separated-parents'
  | 'step-family'
  | 'kinship-carers'
  | 'refuge'
  | 'adoptive'
  | 'no-children'
  | 'shared-address'
  | 'sealed-identity';

export interface SampleFamily {
  readonly familyId: string;
  readonly structure: FamilyStructure;
  readonly address: SampleAddress;
  readonly members: readonly SampleMember[];
  /** Of an identity sealed by an adoption order: the person whom the child is now. */
  readonly sealedFrom?: string;
}

import type { IsoDate } from '../calendar/calendar-date.ts';
import type { StatedRelation } from '../people/person-details.ts';

/**
 * Where files have seen a person. Keys are keyed hashes: an equal key is the same place (and surname), nothing more can be
 * read from it. A place has several keys, because some files know more of an address than others.
 */
export interface Stay {
  readonly homes: readonly string[];
  /** Home and surname together. */
  readonly households: readonly string[];
  readonly firstSeen: IsoDate;
  readonly lastSeen: IsoDate;
  /** A record that nothing has ended says so. */
  readonly standing: boolean;
  /** How many records say so. */
  readonly sightings: number;
}

/** A relation that one row states between two people. */
export interface Relation {
  readonly toPersonId: string;
  readonly relation: StatedRelation['relation'];
  readonly since: IsoDate;
}

/** A parent or carer that a child's row names; a person only once an adult of that name is seen at the child's address. */
export interface Contact {
  /** The keys of that name at the homes of the child, and last in their postcode. */
  readonly nameAtAddress: readonly string[];
  readonly since: IsoDate;
}

/** What building families needs to know of a person: no name, no address. */
export interface FamilyPerson {
  readonly personId: string;
  readonly birthDate?: IsoDate | undefined;
  /** Of an unborn child. */
  readonly expectedBirthDate?: IsoDate | undefined;
  /** Refuge or otherwise restricted address: nothing is inferred from it. */
  readonly addressProtected: boolean;
  readonly stays: readonly Stay[];
  /** The person's own name at the addresses they have been seen at. */
  readonly namesAtAddress: readonly string[];
  readonly relations: readonly Relation[];
  readonly contacts: readonly Contact[];
}

import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';

/** Read access to the people held. */
export interface PeopleDirectory {
  /** Ids of the people who stand under a match key; a key may be out of date. */
  readonly findPeopleByKey: (key: string) => Promise<readonly string[]>;
  readonly findProfiles: (personIds: readonly string[]) => Promise<readonly PersonProfile[]>;
  /** All records about one person, of whatever status. */
  readonly listRecordsOfPerson: (personId: string) => Promise<readonly PersonRecord[]>;
  /** Families that the person belongs to now. */
  readonly listFamilyIdsOfPerson: (personId: string) => Promise<readonly string[]>;
}

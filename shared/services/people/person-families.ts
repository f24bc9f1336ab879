/** Which families a person belongs to. */
export interface PersonFamilies {
  /** Ids of the families that the person belongs to now. */
  readonly listFamilyIdsOfPerson: (personId: string) => Promise<readonly string[]>;
}

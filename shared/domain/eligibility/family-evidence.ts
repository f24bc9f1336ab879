import type { AccessClass } from '../access/access.ts';
import type { IsoDate } from '../calendar/calendar-date.ts';
import type { FeedId } from '../feeds/feed-ids.ts';
import type { Fact } from '../people/fact.ts';

/** What one row of one file says about one person, as the criteria need it. */
export interface EvidenceRecord {
  readonly feed: FeedId;
  readonly agency: string;
  readonly uploadId: string;
  /** 1 is the first row under the header. */
  readonly row: number;
  readonly accessClass: AccessClass;
  /** The last day the file covers. */
  readonly periodEnd: IsoDate;
  /** The first day on which a later snapshot no longer had the record. */
  readonly endedOn?: IsoDate | undefined;
  readonly facts: readonly Fact[];
}

export interface MemberEvidence {
  readonly personId: string;
  readonly birthDate?: IsoDate | undefined;
  /** Worked out from an age that somebody stated: right to a year either way. */
  readonly birthDateEstimated?: boolean | undefined;
  /** Of an unborn child. */
  readonly expectedBirthDate?: IsoDate | undefined;
  /** Stated or shown to be the parent or carer of a child of the family. */
  readonly parent: boolean;
  /** `elsewhere`: a parent or carer who does not live in the child's household. */
  readonly lives: 'in-the-household' | 'elsewhere';
  /** The person's data may not be used for this purpose now (objection, restriction): their records are not looked at. */
  readonly restricted: boolean;
  readonly records: readonly EvidenceRecord[];
}

/** A family as it stood on a day, with everything the files say about its members. */
export interface FamilyEvidence {
  readonly asAt: IsoDate;
  /** The day of the newest whole-family assessment: it looks for every need. */
  readonly assessedOn?: IsoDate | undefined;
  readonly members: readonly MemberEvidence[];
}

/** A period that one file of a feed covers; `to` is the first day after it. */
export interface CoveredPeriod {
  readonly feed: FeedId;
  readonly agency: string;
  readonly uploadId: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** The file is about people of these ages only. */
  readonly cohort?: { readonly from?: number | undefined; readonly below?: number | undefined } | undefined;
}

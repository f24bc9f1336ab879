import { feedTitles } from '../eligibility/feed-titles.ts';
import type { AssignmentReason, PersonRecord, RecordedAssignment } from './person-record.ts';

const reasons: Readonly<Record<AssignmentReason, string>> = {
  matched: 'what it says agrees with what we knew of this person so closely that they are almost certainly the same',
  'in-doubt': 'it may be about somebody we knew, but that is not certain enough, so it began a record of its own until a person has looked',
  'no-match': 'nobody we knew matched it, so it began this person’s record',
  'no-identity': 'it says too little about who it is to be compared, so it began a record of its own',
  'assigned-before': 'earlier files had the same record, and it was taken to be about this person then',
  judgement: 'a member of staff compared the rows and decided so',
};

/** Why a row counts as being about a person, to follow "because". */
export const reasonText = ({ because }: Pick<RecordedAssignment, 'because'>): string => reasons[because];

/** A row of the explanation, as a sentence. */
export const explainRow = (row: Pick<PersonRecord, 'agency' | 'feed' | 'row'>, assignment: RecordedAssignment): string =>
  `Row ${String(row.row)} of a file about ${feedTitles[row.feed]} from ${row.agency} is taken to be about this person because ${reasonText(assignment)}.`;

/** Where a row of the file stands in the spreadsheet that the file was made from: 1 is the sheet's first row. */
export const sourceRowColumn = 'source_row';
/** Why a row could not be taken apart into its cells, as a code: all that is left of such a row in a file made here. */
export const sourceFaultColumn = 'source_fault';

/** Columns of ours that say something about the row itself. They are read, and belong to no feed. */
export const carriedColumns: readonly string[] = [sourceRowColumn, sourceFaultColumn];

/** What the annotated file adds to a sender's own rows. Not read when the file comes back, and no notice is made of them. */
export const resultColumns = { result: 'check_result', problems: 'check_problems' } as const;

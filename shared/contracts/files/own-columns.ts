/** Where a row of the file stands in the spreadsheet that the file was made from: 1 is the sheet's first row. */
export const sourceRowColumn = 'source_row';

/** What the annotated file adds to a sender's own rows. Not read when the file comes back, and no notice is made of them. */
export const resultColumns = { result: 'check_result', problems: 'check_problems' } as const;

/** Characters of a note on odd rows. */
export const longestNote = 500;
/** Notes with one file: as many as the page has places for. */
export const mostNotes = 24;
/** Rows that the notes of one file are about; a page shows so many odd ones. */
export const mostRowsNoted = 200;

/** A long number as a spreadsheet shows it when the column is not text: `9.43477E+09`. The digits that are not shown are gone. */
export const isScientificNotation = (text: string): boolean => /^\d(?:[.,]\d+)?E\+?\d{1,2}$/i.test(text.trim());

/** `="0123"`, which keeps a spreadsheet from changing the text, as that text; undefined for anything else. Loses nothing. */
export const textOfFormula = (text: string): string | undefined => /^="((?:[^"]|"")*)"$/.exec(text)?.[1]?.replaceAll('""', '"').trim();

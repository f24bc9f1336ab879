/** An identifier read from text: its one normalised form, or the reason why it is none. The text itself is never repeated. */
export type IdentifierReading<Reason extends string> =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: Reason };

/** Upper case without white space (of any kind), hyphens or dots: what people put between the groups of a number. */
export const squeeze = (text: string): string => text.toUpperCase().replaceAll(/[\s\u2010-\u2015\-.]/gu, '');

/** The 23 letters of the modulus-23 checks, I, O and S left out. */
export const modulus23Letters = 'ABCDEFGHJKLMNPQRTUVWXYZ';

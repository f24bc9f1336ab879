import * as z from 'zod';

/** What is wrong with the text of a cell: the row error's code, message and fix. The text itself is never repeated. */
export interface CellFault {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  /** When a cell without a value is the right answer, as the end of a sentence: `you do not know it`. */
  readonly emptyIf?: string | undefined;
}

export const unprintable: CellFault = {
  code: 'text-unprintable',
  message: 'The text has characters that cannot be printed',
  fix: 'Type the text again, or export the file again as CSV UTF-8.',
};

/**
 * Nothing to see, and nothing meant: what copying from a web page or a document leaves behind. Joiners stay between letters of
 * scripts that are written with them.
 */
const leftBehind = /[\u00AD\u061C\u200B\u200E\u200F\u2060\uFEFF]|(?<!\p{M}|(?!\p{Script=Latin})\p{L})[\u200C\u200D]/gu;

/** Others show a text in another order than it is written, or hide part of it. */
const hidden = /(?![\u200C\u200D])\p{Cf}/u;

/** How one kind of cell is read and explained. `Value` may be undefined where the text says "not known". */
export interface Cell<Value> {
  readonly schema: z.ZodType<Value, string>;
  /** How to write it, for the column guide. */
  readonly format: string;
  readonly example: string;
  /** A number of always so many digits, zeros in front included. */
  readonly digits?: number;
  readonly isDate?: boolean;
}

export type CellReading<Value> = { readonly value: Value } | { readonly fault: CellFault };

/** A cell from a function that reads text or says what is wrong with it. The fault travels in the zod issue's `params`. */
export const cell = <Value>(options: {
  readonly format: string;
  readonly example: string;
  readonly digits?: number;
  readonly isDate?: boolean;
  readonly read: (text: string) => CellReading<Value>;
}): Cell<Value> => ({
  format: options.format,
  example: options.example,
  ...(options.digits !== undefined && { digits: options.digits }),
  ...(options.isDate === true && { isDate: true }),
  schema: z.string().transform((text, context): Value => {
    const visible = text.replaceAll(leftBehind, '');
    const reading = hidden.test(visible) ? { fault: unprintable } : options.read(visible);
    if ('value' in reading) return reading.value;
    const { message, ...params } = reading.fault;
    context.addIssue({ code: 'custom', message, params });
    return z.NEVER;
  }),
});

const paramsSchema = z.object({ code: z.string(), fix: z.string(), emptyIf: z.string().optional() });

/** The fault in a failed parse of a cell's schema; a general one for an issue that zod itself raised. */
export const faultOf = (error: z.core.$ZodError): CellFault => {
  const issue = error.issues[0];
  const params = issue?.code === 'custom' ? paramsSchema.safeParse(issue.params) : undefined;
  return issue && params?.success
    ? { ...params.data, message: issue.message }
    : { code: 'cell-invalid', message: 'This cell could not be read', fix: 'Write it as the column guide says.' };
};

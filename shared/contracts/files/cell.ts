import * as z from 'zod';

/** What is wrong with the text of a cell: the row error's code, message and fix. The text itself is never repeated. */
export interface CellFault {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  /** When a cell without a value is the right answer, as the end of a sentence: `you do not know it`. */
  readonly emptyIf?: string | undefined;
}

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
    const reading = options.read(text);
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

import * as z from 'zod';

/** An organisation that sends files: a short name that may stand in keys, logs and lists. */
export const agencySchema = z
  .string()
  .max(60)
  .refine((text) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text), {
    error: 'must be small letters, digits and single hyphens',
    params: { code: 'agency-id', fix: 'Write it like northfield-academy.' },
  });

/** One line of text for people to read. No e-mail address: a role is named, never a person. */
export const labelSchema = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !/^[=+-]|[@\p{Cc}\p{Cf}]/u.test(text), {
      error: 'must be one line of text without an e-mail address, and nothing that a spreadsheet would run as a formula',
      params: { code: 'label', fix: 'Leave out e-mail addresses, line breaks, invisible characters, and =, + or - at the start.' },
    });

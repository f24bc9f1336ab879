import { cell } from './cell.ts';
import type { Cell } from './cell.ts';

/**
 * One of a list of values: each meaning with the ways it may be written (any case; spaces, hyphens and underscores
 * alike). The first way is the one that people are told. `nothing` lists what counts as an empty cell.
 */
export const oneOf = <const Meaning extends string>(
  what: string,
  spellings: Readonly<Record<Meaning, readonly [string, ...string[]]>>,
  options: { readonly example: string; readonly nothing?: readonly string[] },
): Cell<Meaning | undefined> => {
  const choices: [Meaning, readonly string[]][] = [];
  for (const meaning in spellings) choices.push([meaning, spellings[meaning]]);
  return choice(what, choices, options);
};

/** One of a list of codes that mean what they say. */
export const oneOfCodes = <const Code extends string>(what: string, codes: readonly [Code, ...Code[]]): Cell<Code | undefined> =>
  choice(
    what,
    codes.map((code) => [code, [code]]),
    { example: codes[0] },
  );

const choice = <Meaning extends string>(
  what: string,
  choices: readonly (readonly [Meaning, readonly string[]])[],
  { example, nothing = [] }: { readonly example: string; readonly nothing?: readonly string[] },
): Cell<Meaning | undefined> => {
  const meanings = new Map<string, Meaning | undefined>([
    ...nothing.map((spelling) => [foldCode(spelling), undefined] as const),
    ...choices.flatMap(([meaning, spellings]) => spellings.map((spelling) => [foldCode(spelling), meaning] as const)),
  ]);
  const shown = choices.flatMap(([, [first]]) => first ?? []);
  const list = `${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}`;
  return cell({
    format: `One of: ${shown.join(', ')}`,
    example,
    read: (raw) => {
      const code = foldCode(raw);
      if (meanings.has(code)) return { value: meanings.get(code) };
      return {
        fault: { code: `${what.replaceAll(' ', '-')}-unknown`, message: `The ${what} is not one that we know`, fix: `Enter ${list}.` },
      };
    },
  });
};

const foldCode = (value: string): string =>
  value
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-');

export const sex = oneOf(
  'sex',
  { female: ['F', 'Female', '2'], male: ['M', 'Male', '1'], other: ['Other', 'X', 'I', 'Indeterminate', '9'] },
  { example: 'F', nothing: ['U', 'Unknown', 'Not known', 'Not recorded', 'Unborn', '0'] },
);

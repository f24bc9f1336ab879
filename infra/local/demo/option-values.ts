/**
 * `--families -3` as `--families=-3`: a negative number is the value that was meant, not another option, and is then answered
 * as what it is, out of range.
 */
export const withNegativeValues = (args: readonly string[]): string[] => {
  const joined: string[] = [];
  for (const arg of args) {
    const option = joined.at(-1);
    if (/^-\d/.test(arg) && option !== undefined && /^--[^=]+$/.test(option)) joined[joined.length - 1] = `${option}=${arg}`;
    else joined.push(arg);
  }
  return joined;
};

import { vi } from 'vitest';

/** Everything written to stdout and stderr while `work` runs, as one text. The logger and the metrics write there, as on Lambda. */
export const capturedOutput = async (work: () => unknown): Promise<string> => {
  const chunks: string[] = [];
  const take = (chunk: unknown): boolean => {
    chunks.push(typeof chunk === 'string' ? chunk : String(chunk));
    return true;
  };
  const spies = [vi.spyOn(process.stdout, 'write').mockImplementation(take), vi.spyOn(process.stderr, 'write').mockImplementation(take)];
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return chunks.join('');
};

/** The JSON lines among it. */
export const jsonLines = (output: string): readonly Record<string, unknown>[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

import { setTimeout as delay } from 'node:timers/promises';

const attempts = 8;
const firstMs = 25;
const longestMs = 2_000;

/** Waits before attempt `attempt` (1 is the first repetition): full jitter under a doubling ceiling. */
export const backOff = async (attempt: number): Promise<void> => {
  await delay(Math.random() * Math.min(longestMs, firstMs * 2 ** attempt));
};

/** Repeats what may be repeated; the last error is thrown as it is. */
export const retrying = async <Result>(attempt: () => Promise<Result>, mayRepeat: (error: unknown) => boolean): Promise<Result> => {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (count === attempts || !mayRepeat(error)) throw error;
      await backOff(count);
    }
  }
};

export type CountName = 'eligible' | 'awaiting' | 'accepted' | 'declined' | 'allocated' | 'open' | 'closed' | 'claimed';
export type ProgrammeCounts = Readonly<Record<CountName, number>>;

/** Below this a number says something about families that could be recognised. */
const smallest = 5;
export const fewerThanSmallest = 'fewer than 5';

/**
 * A number as it is shown beyond the programme team: none as none, one to four as fewer than 5, others to the nearest 5, so that neither
 * two numbers nor two days can be taken from one another to find a small one.
 */
export const suppressed = (count: number): number | typeof fewerThanSmallest =>
  count === 0 ? 0 : count < smallest ? fewerThanSmallest : Math.round(count / smallest) * smallest;

import type { RowProblem } from './feed-definition.ts';

/** Two rows of one file that contradict each other: which is right only the sender knows. The first is taken. */
export const duplicateRecord: RowProblem = {
  code: 'duplicate-record',
  message: 'An earlier row of this file says something else about the same record',
  fix: 'Keep the row that is right and remove the other.',
};

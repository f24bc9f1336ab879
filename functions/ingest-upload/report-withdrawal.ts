import { log, logEvents } from '#shared/platform/logging/log.ts';
import type { WithdrawalOutcome } from '#shared/services/withdrawals/withdrawal-ports.ts';

/** What came of a request to take a file back; ids and numbers only. */
export const reportWithdrawal = (outcome: WithdrawalOutcome, messageId: string): void => {
  switch (outcome.kind) {
    case 'ignored':
      log.info(logEvents.messageIgnored, { messageId, reason: outcome.because });
      return;
    case 'waiting':
    case 'handed-over':
      log.info(logEvents.uploadWithdrawing, { messageId, uploadId: outcome.uploadId, reason: outcome.kind, rows: outcome.rows });
      return;
    case 'withdrawn':
      log.info(logEvents.uploadWithdrawn, { messageId, uploadId: outcome.uploadId, rows: outcome.rows });
  }
};

import type { CasePorts } from '../cases/case-ports.ts';
import type { Idempotency } from '../uploads/idempotency.ts';
import type { ClaimRepository } from './claim-repository.ts';

export interface ClaimPorts extends CasePorts {
  readonly claims: ClaimRepository;
  readonly idempotency: Idempotency;
  /** Random, from 0 to 2³² − 1. */
  readonly newSeed: () => number;
}

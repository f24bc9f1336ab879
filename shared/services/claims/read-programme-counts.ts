import type { ProgrammeCountsView } from '../../contracts/http/claim-routes.ts';
import { visibilityOf, type Role } from '../../domain/access/access.ts';
import { suppressed, type ProgrammeCounts } from '../../domain/cases/programme-counts.ts';
import { countAgainstTargets, knowsleyTargets } from '../../domain/claims/programme-targets.ts';
import type { Page } from '../uploads/upload-repository.ts';
import type { ClaimPorts } from './claim-ports.ts';

const pageSize = 1000;

const everyPage = async <Item>(read: (cursor: string | undefined) => Promise<Page<Item>>, take: (item: Item) => void): Promise<void> => {
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    for (const item of page.items) take(item);
    cursor = page.cursor;
  } while (cursor !== undefined);
};

/**
 * How many families have come how far, from the lists of cases and claims (never from the families themselves), and how that stands
 * against the council's targets. The programme team and audit see numbers as they are, others with small ones suppressed.
 */
export const readProgrammeCounts = async (
  { cases, claims, clock }: Pick<ClaimPorts, 'cases' | 'claims' | 'clock'>,
  roles: readonly Role[],
): Promise<ProgrammeCountsView> => {
  const accepted: { familyId: string; ruleSetId: string }[] = [];
  const claimed: { familyId: string; ruleSetId: string }[] = [];
  let allocated = 0;
  const acceptedAt = async (stage: 'open' | 'closed'): Promise<number> => {
    let families = 0;
    await everyPage(
      (cursor) => cases.listHeads(stage, { limit: pageSize, cursor }),
      ({ familyId, standing }) => {
        families += 1;
        if (standing.allocated) allocated += 1;
        if (standing.decision) accepted.push({ familyId, ruleSetId: standing.decision.ruleSetId });
      },
    );
    return families;
  };
  const [eligible, awaiting, declined, open, closed] = await Promise.all([
    cases.countEligible(),
    cases.countHeads('awaiting'),
    cases.countHeads('declined'),
    acceptedAt('open'),
    acceptedAt('closed'),
    everyPage(
      (cursor) => claims.listClaims('submitted', { limit: pageSize, cursor }),
      ({ familyId, ruleSet }) => claimed.push({ familyId, ruleSetId: ruleSet.id }),
    ),
  ]);
  const counts: ProgrammeCounts = {
    eligible,
    awaiting,
    accepted: open + closed,
    declined,
    allocated,
    open,
    closed,
    claimed: new Set(claimed.map(({ familyId }) => familyId)).size,
  };
  const exact = visibilityOf(roles) === 'whole';
  const shown = (count: number) => (exact ? count : suppressed(count));
  return {
    asAt: clock.today(),
    exact,
    counts: {
      eligible: shown(counts.eligible),
      awaiting: shown(counts.awaiting),
      accepted: shown(counts.accepted),
      declined: shown(counts.declined),
      allocated: shown(counts.allocated),
      open: shown(counts.open),
      closed: shown(counts.closed),
      claimed: shown(counts.claimed),
    },
    targets: countAgainstTargets(knowsleyTargets, { accepted, claimed }).map(({ ruleSetId, counts: of, families, reached, citation }) => ({
      ruleSetId,
      counts: of,
      families,
      reached: shown(reached),
      citation,
    })),
  };
};

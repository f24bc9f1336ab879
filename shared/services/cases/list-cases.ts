import type { CaseSummaryView } from '../../contracts/http/case-routes.ts';
import type { CaseHead } from '../../domain/cases/case-head.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';
import type { ListedStage } from './case-repository.ts';
import type { CasePorts } from './case-ports.ts';

const summaryView = (stage: ListedStage, { familyId, standing }: CaseHead): CaseSummaryView => {
  const { determined, decision, waitingSince, askedAgain, allocated } = standing;
  return {
    familyId,
    stage,
    since: (stage === 'awaiting' ? waitingSince : decision?.at) ?? determined?.at ?? '',
    askedAgain: askedAgain === true,
    allocated,
    ...(determined && { determination: determined }),
  };
};

/** Families at one stage, those first that have been there longest. */
export const listCases = async (
  { cases }: Pick<CasePorts, 'cases'>,
  { stage, ...page }: PageRequest & { readonly stage: ListedStage },
): Promise<Page<CaseSummaryView>> => {
  const { items, ...rest } = await cases.listHeads(stage, page);
  return { items: items.map((head) => summaryView(stage, head)), ...rest };
};

import type { Citation } from '../citation.ts';

export const hansard2017: Citation = {
  source: 'House of Commons Hansard, 18 April 2017, Troubled Families; Knowsley Council, Stronger Families Programme page',
  confidence: 'confirmed',
};
export const knowsleyPage: Citation = {
  source:
    'Knowsley Council, Stronger Families Programme page (six headings, two or more); local decision to go on with them after 2 October 2022',
  confidence: 'local',
};
export const derbyPlan: Citation = { source: 'Derby City Council, Supporting Families criteria', confidence: 'local' };
export const devonPlan: Citation = { source: 'Devon, Early Help Outcomes Framework: a one-minute guide', confidence: 'local' };
export const bathPlan: Citation = { source: 'Bath and North East Somerset, phase two criteria and outcome measures', confidence: 'local' };
export const surreyPlan: Citation = { source: 'Surrey, guidance to users of the Families Outcomes Plan', confidence: 'local' };
/** Named as a topic in official papers, without a threshold that could be read. */
export const unsourced: Citation = { source: 'Programme topic; no published threshold found', confidence: 'unconfirmed' };
export const guidance2021: Citation = {
  source: 'Supporting Families programme guidance 2021 to 2022; Knowsley Council, Stronger Families Programme page',
  confidence: 'confirmed',
};
export const knowsley2015: Citation = {
  source: 'Knowsley Council, Council to take part in expanded family support programme, 24 March 2015',
  confidence: 'confirmed',
};

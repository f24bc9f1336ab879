import type { Citation } from '../citation.ts';

export const phaseOneEntry: Citation = {
  source:
    'Troubled Families, payment by results explained; North East Surrey family support programme report; Barking and Dagenham, Troubled Families',
  confidence: 'local',
};
export const phaseOneResults: Citation = {
  source:
    'House of Commons, Communities and Local Government Committee, HC 163 (2013 to 2014); Local Government Lawyer on the financial framework',
  confidence: 'confirmed',
};
export const twoCouncils: Citation = {
  source: 'Barking and Dagenham, Troubled Families; North East Surrey family support programme report',
  confidence: 'local',
};
export const barking: Citation = { source: 'Barking and Dagenham, Troubled Families', confidence: 'local' };
export const discretion: Citation = {
  source: 'Barking and Dagenham and Derby, local discretionary filters of phase 1; each council chose its own',
  confidence: 'unconfirmed',
};
export const unstated: Citation = {
  source: 'Not stated for phase 1 in any text read; the definition of phase 2',
  confidence: 'unconfirmed',
};
export const employmentWeeks: Citation = {
  source: 'Programme practice: 26 of the previous 30 weeks after Jobseeker’s Allowance; no official text read',
  confidence: 'unconfirmed',
};

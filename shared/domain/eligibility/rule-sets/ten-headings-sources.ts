import type { Citation } from '../citation.ts';

/** Headings and rules of entry. */
export const guidance2022: Citation = {
  source: 'Supporting Families guidance 2022 to 2025, chapters 2 to 5 (National Outcome Framework of 3 October 2022)',
  confidence: 'confirmed',
};
/** The topic is corroborated by councils' notices; the threshold, outcome and period are not: chapter 3's table was not read. */
export const unread: Citation = {
  source:
    'Supporting Families guidance 2022 to 2025, chapter 3, whose table of needs could not be read; topic after Bath and North East Somerset’s notice',
  confidence: 'unconfirmed',
};
export const dependentChild2022: Citation = {
  source: 'Supporting Families guidance 2022 to 2025, chapter 4; ages after Surrey, guidance to users of the Families Outcomes Plan',
  confidence: 'local',
};
export const hertfordshire: Citation = {
  source: 'Hertfordshire Families First, new Supporting Families outcomes framework, June 2023',
  confidence: 'local',
};
export const familyHelp: Citation = {
  source: 'Children and Families Grant determination 2025 to 2026: no national number of needs and no payment by results is described',
  confidence: 'unconfirmed',
};
export const familiesFirst: Citation = {
  source:
    'Written statement of 20 March 2025, Families First Partnership programme; Children and Families Grant determination 2025 to 2026',
  confidence: 'confirmed',
};

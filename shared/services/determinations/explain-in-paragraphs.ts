import type { DeterminationExplanation } from '../../contracts/http/determination-routes.ts';
import type { EligibilityView } from '../../contracts/http/family-routes.ts';
import { inWords } from '../../domain/calendar/days.ts';
import { feedTitles } from '../../domain/eligibility/feed-titles.ts';

type Criterion = EligibilityView['criteria'][number];

const confidence = {
  confirmed: 'read in an official text',
  local: 'a council’s own plan',
  unconfirmed: 'not yet confirmed by an official text',
} as const;

const rowText = ({ says, feed, agency, uploadId, row }: Criterion['evidence']['shown'][number]): string =>
  agency === undefined || row === undefined
    ? `${says} (${feedTitles[feed]})`
    : `${says} (${feedTitles[feed]} of ${agency}, file ${uploadId ?? ''}, row ${String(row)})`;

const paragraphOf = ({ criterionId, says, evidence, missing, wouldChange, citation }: Criterion): string => {
  const rows = evidence.shown.map(rowText);
  return [
    `${criterionId}. ${says}`,
    ...(rows.length > 0 ? [`What was found: ${rows.join('; ')}.`] : []),
    ...evidence.withheld.map((withheld) => withheld.says),
    ...(evidence.notListed > 0 ? [`${String(evidence.notListed)} older rows are not listed.`] : []),
    ...(missing.length > 0 ? [`What is missing: ${missing.map((gap) => gap.says).join(' ')}`] : []),
    `What would change this: ${wouldChange}`,
    `Rule: ${citation.source} (${confidence[citation.confidence]}).`,
  ].join(' ');
};

/** A determination in sentences, in the order of its headings: made of what the reader may see, and of nothing else. */
export const explainInParagraphs = (view: EligibilityView): DeterminationExplanation => {
  const { familyId, version, asAt, ruleSet, says, dependentChild, headings, criteria, notShown, placesWithheld } = view;
  return {
    familyId,
    version,
    asAt,
    title: `What was found on ${inWords(asAt)}`,
    paragraphs: [
      `${says} The rules were those of ${ruleSet.title} (${ruleSet.id}, version ${ruleSet.version}).`,
      [dependentChild.says, ...dependentChild.missing.map((gap) => gap.says)].join(' '),
      ...headings.flatMap(({ heading, title }) => [
        `${title}:`,
        ...criteria.filter((criterion) => criterion.heading === heading).map(paragraphOf),
      ]),
      'There is no score. A person decides whether the family is offered help.',
      ...[notShown, placesWithheld].filter((text) => text !== undefined),
    ],
  };
};

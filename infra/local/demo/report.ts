import type { Comparison } from './compare-with-truth.ts';
import type { Outcome } from './read-outcome.ts';
import type { SentFile } from './run-main-job.ts';

const n = (value: number): string => value.toLocaleString('en-GB');
const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

const columns = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map(
    (row) =>
      `  ${row.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join('  ')}`,
  );
};

export const filesReport = (sent: readonly SentFile[]): string[] => [
  'Files',
  ...columns([
    ['feed', 'from', 'rows', 'accepted', 'refused', 'reference'],
    ...sent.map(({ file, upload }) => [
      file.feed,
      file.agency,
      n(upload.counts.rows),
      n(upload.counts.rows - upload.counts.refused),
      n(upload.counts.refused),
      upload.state === 'completed' ? upload.reference : `${upload.reference} ${upload.state}: ${upload.refusal?.message ?? ''}`,
    ]),
  ]),
];

const headingNames: Readonly<Record<string, string>> = {
  H1: 'crime and antisocial behaviour',
  H2: 'education',
  H3: 'children who need help',
  H4: 'work, money and home',
  H5: 'domestic abuse',
  H6: 'health',
};

export const outcomeReport = ({ families, details }: Outcome): string[] => {
  const people = new Set(details.flatMap(({ members }) => members.map(({ personId }) => personId)));
  const by = (outcome: string): number => families.filter((family) => family.outcome === outcome).length;
  const eligible = families.filter(({ outcome }) => outcome === 'eligible');
  const waiting = (what: string): number => families.filter(({ waitingFor }) => waitingFor.some((each) => each === what)).length;
  return [
    `People in families ${n(people.size)} · families ${n(families.length)}: ${n(by('eligible'))} eligible, ${n(by('not-eligible'))} not eligible, ${n(by('cannot-tell'))} cannot be told`,
    '',
    'Eligible families by heading (a family meets two or more)',
    ...columns(
      Object.entries(headingNames).map(([heading, name]) => [
        `${heading} ${name}`,
        n(eligible.filter(({ headingsMet }) => headingsMet.includes(heading)).length),
      ]),
    ),
    '',
    'Waiting for a person',
    ...columns([
      ['whether to offer help', n(waiting('decision'))],
      ['who somebody is', n(waiting('identity-check'))],
      ['who a named parent is', n(waiting('contact-check'))],
      ['who belongs to a large family', n(waiting('size-check'))],
    ]),
  ];
};

export const comparisonReport = (comparison: Comparison): string[] => [
  'Held against how the sample was made (known to nobody while it was processed)',
  ...columns([
    [
      'people in families found whole, with all their rows',
      `${n(comparison.peopleRight)} of ${n(comparison.people)}`,
      share(comparison.peopleRight, comparison.people),
    ],
    ['people mixed up with another', n(comparison.peopleMixed), ''],
    [
      'homes found right',
      `${n(comparison.familiesRight)} of ${n(comparison.families)}`,
      share(comparison.familiesRight, comparison.families),
    ],
    ['eligible families', `${n(comparison.eligibleFound)} found, ${n(comparison.eligibleInTruth)} in truth`, ''],
  ]),
];

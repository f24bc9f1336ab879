/** A determination in the form in which rows ask about it. */
export interface Answers {
  readonly criteria: Readonly<Record<string, string>>;
  readonly headings: Readonly<Record<string, string>>;
  readonly dependentChild: string;
  readonly outcome: string;
}

/** The answer to a row's question; says so where the rule set has no such question. */
export const answerTo = (answers: Answers, question: string): string => {
  if (question === 'outcome') return answers.outcome;
  if (question === 'dependent child') return answers.dependentChild;
  const heading = /^heading (.*)$/.exec(question);
  return (heading ? answers.headings[heading[1] ?? ''] : answers.criteria[question]) ?? `no such question: ${question}`;
};

/** The needs of the ten headings that a professional can name: the ids of the National Outcome Framework of October 2022 (a test holds them to the rules). */
export const nominatedNeeds: readonly string[] = [
  ...['SF.1.1', 'SF.1.2', 'SF.1.3', 'SF.1.4', 'SF.1.5'],
  ...['SF.2.1', 'SF.2.2', 'SF.2.3'],
  ...['SF.3.1', 'SF.3.2', 'SF.3.3'],
  ...['SF.4.1', 'SF.4.2'],
  ...['SF.5.1', 'SF.5.2', 'SF.5.3', 'SF.5.4'],
  ...['SF.6.1', 'SF.6.2', 'SF.6.3', 'SF.6.4', 'SF.6.5', 'SF.6.6'],
  ...['SF.7.1', 'SF.7.2', 'SF.7.3'],
  ...['SF.8.1', 'SF.8.2', 'SF.8.3'],
  ...['SF.9.1', 'SF.9.2', 'SF.9.3'],
  ...['SF.10.1', 'SF.10.2', 'SF.10.3'],
];

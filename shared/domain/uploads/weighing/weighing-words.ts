import type { WeighingCode, WeighingFinding } from './weighing-finding.ts';

interface Figures {
  readonly now?: number;
  readonly usual?: number;
  readonly found?: number;
  readonly of?: number;
  readonly births?: number;
  readonly column?: string;
}

const percent = (share = 0): string => `${String(Math.round(share * 100))}%`;
const number = (value = 0): string => String(Math.round(value));
const some = ({ found, of }: Figures): string => `${number(found)} of ${number(of)}`;

interface Words {
  readonly message: (figures: Figures) => string;
  readonly forSender: (figures: Figures) => string;
}

const words: Readonly<Record<WeighingCode, Words>> = {
  'few-people-known': {
    message: ({ now, usual, of }) =>
      `Of ${number(of)} people looked at, ${percent(now)} are known already. In this feed’s earlier files it is usually ${percent(usual)}.`,
    forSender: () => 'Most of its people are not those of your earlier files. Check that you chose the right export.',
  },
  'few-records-known': {
    message: ({ now, usual, of }) =>
      `Of ${number(of)} records looked at, earlier files had ${percent(now)}. Usually it is ${percent(usual)}.`,
    forSender: () =>
      'Most of its records are not those of your earlier files. Check the reference numbers, and that you chose the right export.',
  },
  'most-records-ended': {
    message: (figures) => `It leaves out ${some(figures)} records looked at that the file before it had: they would end.`,
    forSender: () =>
      'Most records of your last file are not in this one, and would be taken to have ended. Check that the export is of everybody, and not of one class or group.',
  },
  'far-fewer-rows': {
    message: ({ now, usual }) => `It has ${number(now)} rows. From earlier files, about ${number(usual)} would be usual.`,
    forSender: ({ now, usual }) =>
      `It has ${number(now)} rows, and about ${number(usual)} would be usual. Check that the export was not cut short or filtered.`,
  },
  'far-more-rows': {
    message: ({ now, usual }) => `It has ${number(now)} rows. From earlier files, about ${number(usual)} would be usual.`,
    forSender: ({ now, usual }) =>
      `It has ${number(now)} rows, and about ${number(usual)} would be usual. Check that the export is not of more people or a longer time than was asked for.`,
  },
  'dates-outside-period': {
    message: (figures) => `${some(figures)} rows have a date outside the period that the link is for.`,
    forSender: (figures) =>
      `${some(figures)} rows have a date outside the period that was asked for. Check that you chose the file of the right period.`,
  },
  'names-swapped': {
    message: (figures) => `${some(figures)} records known from earlier files now have forename and surname the other way round.`,
    forSender: () => 'Forenames and surnames look swapped. Check the order of the columns.',
  },
  'day-and-month-swapped': {
    message: (figures) =>
      figures.births !== undefined
        ? `All ${number(figures.births)} dates of birth are before the 13th of a month: day and month look swapped.`
        : `${some(figures)} records known from earlier files now have day and month of birth the other way round.`,
    forSender: () => 'Day and month of the dates of birth look swapped. Check that dates are written as day, month, year.',
  },
  'column-of-other-values': {
    message: ({ column = '' }) =>
      `The values of the column ${column} look unlike those of earlier files: it may hold another column’s values.`,
    forSender: ({ column = '' }) =>
      `The column ${column} looks unlike that of your earlier files. Check that it does not hold another column’s values.`,
  },
  'other-ages-than-usual': {
    message: () => 'The ages of its people are quite other than in this feed’s earlier files.',
    forSender: () => 'The ages of its people are quite other than in your earlier files. Check that you chose the right export.',
  },
  'ages-not-agreed': {
    message: (figures) => `${some(figures)} people are not of the ages that the agreement covers.`,
    forSender: (figures) => `${some(figures)} people are not of the ages that the agreement covers. Send only those whom it names.`,
  },
  'postcodes-not-agreed': {
    message: (figures) => `${some(figures)} addresses are not in the postcode areas that the agreement covers.`,
    forSender: (figures) =>
      `${some(figures)} addresses are not in the postcode areas that the agreement covers. Send only those whom it names.`,
  },
  'schools-not-agreed': {
    message: (figures) => `${some(figures)} rows are of schools that the agreement does not cover.`,
    forSender: (figures) => `${some(figures)} rows are of schools that the agreement does not cover. Send only those that it names.`,
  },
};

export const findingOf = (code: WeighingCode, figures: Figures): WeighingFinding => ({
  code,
  message: words[code].message(figures),
  forSender: words[code].forSender(figures),
});

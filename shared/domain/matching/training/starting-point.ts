import type { ComparisonKind } from '../compare/comparison-kinds.ts';

/**
 * Where estimation starts: how often each level is seen in rows of one person, of two people who live together and of two
 * people picked at random. Round figures from public knowledge of administrative data; whatever the rows say outweighs them.
 */
export interface StartingPoint {
  readonly same: readonly number[];
  readonly relatives: readonly number[];
  readonly random: readonly number[];
  /** How many other people to expect with a value that has been seen for one only. */
  readonly unseen: number;
}

export const startingPoints: Readonly<Record<ComparisonKind, StartingPoint>> = {
  forename: {
    same: [0.85, 0.02, 0.015, 0.06, 0.015, 0.01, 0.005, 0.005, 0.02],
    relatives: [0.01, 0.01, 0.01, 0.02, 0.06, 0.01, 0.0002, 0.03, 0.85],
    random: [0.006, 0.004, 0.002, 0.002, 0.03, 0.01, 0.0002, 0.05, 0.9],
    unseen: 0.7,
  },
  surname: {
    same: [0.85, 0.02, 0.06, 0.015, 0.005, 0.05],
    relatives: [0.75, 0.02, 0.05, 0.01, 0.0002, 0.17],
    random: [0.003, 0.001, 0.001, 0.02, 0.0002, 0.975],
    unseen: 0.7,
  },
  'middle-names': {
    same: [0.7, 0.2, 0.05, 0.02, 0.03],
    relatives: [0.05, 0.08, 0.01, 0.01, 0.85],
    random: [0.03, 0.07, 0.01, 0.01, 0.88],
    unseen: 0.7,
  },
  'birth-date': {
    same: [0.87, 0.01, 0.04, 0.02, 0.02, 0.01, 0.003, 0.012, 0.005, 0.01],
    relatives: [0.01, 0.0005, 0.001, 0.005, 0.001, 0.004, 0.003, 0.027, 0.12, 0.8285],
    random: [0.00004, 0.0001, 0.0003, 0.003, 0.001, 0.004, 0.002, 0.01, 0.05, 0.92956],
    unseen: 0.7,
  },
  exact: { same: [0.9, 0.1], relatives: [0.6, 0.4], random: [0.1, 0.9], unseen: 0.5 },
  address: {
    same: [0.6, 0.12, 0.01, 0.01, 0.26],
    relatives: [0.75, 0.15, 0.01, 0.01, 0.08],
    random: [0.0002, 0.0002, 0.002, 0.01, 0.9876],
    unseen: 0.3,
  },
  postcode: {
    same: [0.65, 0.08, 0.02, 0.05, 0.2],
    relatives: [0.85, 0.08, 0.01, 0.01, 0.05],
    random: [0.001, 0.003, 0.01, 0.05, 0.936],
    unseen: 0.5,
  },
  text: { same: [0.65, 0.08, 0.05, 0.22], relatives: [0.5, 0.05, 0.05, 0.4], random: [0.03, 0.01, 0.06, 0.9], unseen: 0.7 },
  code: { same: [0.8, 0.1, 0.03, 0.07], relatives: [0.05, 0.005, 0.005, 0.94], random: [0.0001, 0.0003, 0.003, 0.9966], unseen: 0.1 },
  /** Who has two numbers in one register was entered twice. */
  'own-number': { same: [0.996, 0.004], relatives: [0.001, 0.999], random: [0.0005, 0.9995], unseen: 0.1 },
  email: {
    same: [0.7, 0.03, 0.1, 0.06, 0.03, 0.08],
    relatives: [0.05, 0.005, 0.005, 0.05, 0.1, 0.79],
    random: [0.0001, 0.0005, 0.0005, 0.01, 0.03, 0.959],
    unseen: 0.1,
  },
};

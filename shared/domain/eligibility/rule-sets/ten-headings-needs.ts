import type { OutcomeMeasure, Sustain, Way } from '../measure.ts';
import type { Criterion } from '../rule-set.ts';
import { months, terms } from './periods.ts';
import { unread } from './ten-headings-sources.ts';

/** What a need is made from; the sentences are put together so that they always say the same thing three ways. */
export interface Need {
  readonly id: string;
  readonly who: Criterion['subject'];
  readonly ages?: Criterion['ages'];
  /** Goes after "a child in this family" and the like: "is missing from home". */
  readonly does: string;
  readonly question: string;
  /** Ways other than a professional's nomination. */
  readonly shown?: readonly Way[];
  readonly outcome: string;
  readonly test?: OutcomeMeasure['test'];
  readonly sustain?: Sustain;
}

const people = { child: 'child in', adult: 'adult in', 'family-member': 'member of' } as const;
const article = { child: 'A', adult: 'An', 'family-member': 'A' } as const;

/** By assessment or nomination a professional can name any need. Where no file looks, only that answers it. */
const nominated = (id: string, alone: boolean): Way => ({
  facts: [{ kind: 'nominated-need', where: { heading: id } }],
  measure: { kind: 'count', of: 'facts', per: 'person', atLeast: 1 },
  lookBack: { unit: 'months', count: 12 },
  feeds: ['professional-referral'],
  silence: { means: alone ? 'assessment' : 'says-nothing' },
});

export const toCriterion = ({ id, who, ages, does, question, shown = [], outcome, test, sustain }: Need): Criterion => ({
  id,
  heading: id.split('.')[1] ?? '',
  subject: who,
  ...(ages && { ages }),
  question,
  says: {
    met: `${article[who]} ${people[who]} this family ${does}.`,
    notMet: `No ${people[who]} this family ${does}, as far as those who would know have said.`,
    cannotTell: `We cannot tell whether ${article[who].toLowerCase()} ${people[who]} this family ${does}.`,
  },
  ways: [...shown, nominated(id, shown.length === 0)],
  outcome: { says: outcome, test: test ?? { kind: 'recorded' }, citation: unread },
  sustain: sustain ?? (id.startsWith('SF.1.') && id !== 'SF.1.5' ? terms(3) : months(6)),
  citation: unread,
  effectiveFrom: '2022-10-03',
});

const counted = { kind: 'count', of: 'facts', per: 'person', atLeast: 1 } as const;

/** A way by the rows of feeds that hold every case. */
export const fromRegister = (
  facts: Way['facts'],
  feeds: Way['feeds'],
  lookBack: Way['lookBack'],
  measure: Way['measure'] = counted,
): Way => ({
  facts,
  measure,
  lookBack,
  feeds,
  silence: { means: 'register' },
});

/** A way by the rows of a feed that answers person by person. */
export const fromEachPerson = (
  facts: Way['facts'],
  feeds: Way['feeds'],
  lookBack: Way['lookBack'],
  expected: { from?: number; below: number },
  measure: Way['measure'] = counted,
): Way => ({ facts, measure, lookBack, feeds, silence: { means: 'each-person', expected } });

import { addDays, addMonths, ageInYears, formatIsoDate, parseIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { usualRates } from '../agency-view.ts';
import type { DraftRow, FamilyContext, FeedWriter } from '../feed-writer.ts';
import { plainStyle } from '../file-style.ts';
import type { SamplePerson } from '../model.ts';
import { backgroundRates as background } from '../rates.ts';

const lastMonths = (count: number) => (asOf: DayNumber) => ({
  start: formatIsoDate(addMonths(addDays(asOf, 1), -count)),
  end: formatIsoDate(asOf),
});
const healthVisitingPeriod = lastMonths(60);

/** The mandated reviews with the days after birth at which they are done, earliest and latest. */
const reviews = [
  { names: ['New birth'], from: 10, to: 16 },
  { names: ['6 to 8 weeks', '6-8 weeks'], from: 42, to: 58 },
  { names: ['1 year', '12 months'], from: 330, to: 380 },
  { names: ['2 to 2.5 years', '2-2.5 years'], from: 735, to: 910 },
] as const;

const concerns = [
  'Development',
  'Growth or feeding',
  'Parent and child bond',
  'Parental mental health',
  'Home conditions',
  'Not brought',
] as const;

const healthVisitingRows = (context: FamilyContext): DraftRow[] => {
  const { random, asOf, members, family, date } = context;
  if (family.structure === 'sealed-identity') return [];
  const first = parseIsoDate(healthVisitingPeriod(asOf).start) ?? asOf;
  const yearAgo = addMonths(addDays(asOf, 1), -12);
  const row = (
    person: SamplePerson,
    subject: 'child' | 'mother',
    on: DayNumber,
    type: string,
    concern: string,
    expected = '',
  ): DraftRow => ({
    cells: {
      ...context.view(person),
      review_id: context.reference('HV-'),
      review_type: type,
      review_date: date(on),
      concern,
      expected_delivery_date: expected,
    },
    subjects: { [subject]: person.personId },
    evidence: concern === 'None' ? [] : [{ kind: 'health-concern', personId: person.personId, on }],
  });
  const unborn = members.find(({ person }) => person.unborn)?.person;
  const mother = unborn && members.find(({ person, role }) => role === 'parent' && person.sex === 'female')?.person;
  const antenatal =
    unborn && mother ? [row(mother, 'mother', addDays(asOf, -random.int(3, 60)), 'Antenatal', 'None', date(unborn.birthDate))] : [];
  const ofChildren = members.flatMap(({ person, role }) => {
    if (role !== 'child' || person.unborn || ageInYears(person.birthDate, asOf) >= 5) return [];
    const done = reviews
      .map(({ names, from, to }) => ({ name: random.pick(names), on: addDays(person.birthDate, random.int(from, to)) }))
      .filter(({ on }) => on >= first && on <= asOf)
      .map(({ name, on }) => {
        // Found long ago is not found in the last twelve months.
        const old = on < addDays(yearAgo, -10) && random.chance(background.olderHealthConcern);
        return row(person, 'child', on, name, old ? random.pick(concerns) : 'None');
      });
    if (!context.has('health-concern', person)) return done;
    const age = asOf - person.birthDate;
    const found = addDays(asOf, -random.int(0, Math.min(350, age)));
    const type = age > 600 ? '2 to 2.5 years' : age > 300 ? '1 year' : '6 to 8 weeks';
    return [...done, row(person, 'child', found, type, random.pick(concerns))];
  });
  return [...antenatal, ...ofChildren];
};

export const healthVisitingWriter: FeedWriter = {
  feed: 'health-visiting',
  agency: 'mossbank-health-visiting',
  agreement: 'DSA-MOSSBANK-0-19-2026',
  style: plainStyle,
  rates: { ...usualRates, spacedNhsNumber: 0.9, noUprn: 0.5 },
  columns: [
    'review_id',
    'nhs_number',
    'surname',
    'forename',
    'dob',
    'sex',
    'address_line_1',
    'town',
    'postcode',
    'uprn',
    'sensitive_address_flag',
    'review_type',
    'review_date',
    'concern',
    'expected_delivery_date',
  ],
  period: healthVisitingPeriod,
  rows: healthVisitingRows,
};

const adultHealthRows = (context: FamilyContext): DraftRow[] => {
  const { random, asOf, members, date, family } = context;
  if (family.structure === 'sealed-identity') return [];
  return members.flatMap(({ person }) => {
    if (person.unborn || ageInYears(person.birthDate, asOf) < 18) return [];
    const referral = (kind: 'mental-health' | 'substance-misuse', from: DayNumber, last?: DayNumber): DraftRow => ({
      cells: {
        ...context.view(person),
        referral_id: context.reference('RF-'),
        need: kind === 'mental-health' ? 'Mental health' : random.pick(['Alcohol', 'Alcohol', 'Drugs', 'Drugs and alcohol']),
        service:
          kind === 'mental-health'
            ? random.pick(['Talking therapies', 'Community mental health team', 'Perinatal mental health team', ''])
            : random.pick(['Recovery service', '']),
        referral_date: date(from),
        discharge_date: last === undefined ? '' : date(last),
      },
      subjects: { adult: person.personId },
      evidence: [{ kind, personId: person.personId, from, to: last === undefined ? undefined : addDays(last, 1) }],
    });
    const current = (['mental-health', 'substance-misuse'] as const).find((kind) => context.has(kind, person));
    const earlier = random.chance(background.dischargedAdult);
    const last = addDays(asOf, -random.int(5, 650));
    const past = earlier
      ? [referral(random.chance(0.75) ? 'mental-health' : 'substance-misuse', addDays(last, -random.int(40, 300)), last)]
      : [];
    return current === undefined ? past : [...past, referral(current, addDays(asOf, -random.int(3, 600)))];
  });
};

export const adultHealthWriter: FeedWriter = {
  feed: 'adult-health',
  agency: 'northshire-adult-health',
  agreement: 'DSA-NORTHSHIRE-HEALTH-2026',
  style: { ...plainStyle, lineEnd: '\r\n' },
  rates: { ...usualRates, nickname: 0.02, otherAddress: 0.25 },
  columns: [
    'referral_id',
    'partner_person_id',
    'nhs_number',
    'surname',
    'forename',
    'dob',
    'sex',
    'address_line_1',
    'town',
    'postcode',
    'uprn',
    'sensitive_address_flag',
    'need',
    'service',
    'referral_date',
    'discharge_date',
  ],
  period: lastMonths(24),
  rows: adultHealthRows,
};

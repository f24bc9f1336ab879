import { addDays, addMonths, ageInYears, formatIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { usualRates } from '../agency-view.ts';
import type { DraftRow, FamilyContext, FeedWriter } from '../feed-writer.ts';
import { plainStyle } from '../file-style.ts';
import type { SamplePerson } from '../model.ts';
import { backgroundRates as background } from '../rates.ts';

const lastTwoYears = (asOf: DayNumber) => ({ start: formatIsoDate(addMonths(addDays(asOf, 1), -24)), end: formatIsoDate(asOf) });

type EpisodeKind = 'early-help' | 'child-in-need' | 'child-protection';
const episodeCodes: Readonly<Record<EpisodeKind, string>> = { 'early-help': 'EH', 'child-in-need': 'CIN', 'child-protection': 'CP' };

const socialCareRows = (context: FamilyContext): DraftRow[] => {
  const { random, asOf, members, date, family } = context;
  return members.flatMap(({ person, role }) => {
    const age = ageInYears(person.birthDate, asOf);
    if (role !== 'child' || age >= 18) return [];
    const episode = (kind: EpisodeKind, from: DayNumber, last?: DayNumber): DraftRow => ({
      cells: {
        ...context.view(person),
        episode_id: context.reference('EP-'),
        episode_type: episodeCodes[kind],
        start_date: date(from),
        end_date: last === undefined ? '' : date(last),
        primary_need: kind === 'child-in-need' ? random.pick(['N1', 'N1', 'N2', 'N3', 'N4', 'N5', 'N6']) : '',
        cp_category: kind === 'child-protection' ? random.pick(['NEG', 'EMO', 'PHY', 'MUL']) : '',
      },
      subjects: { child: person.personId },
      evidence: [{ kind, personId: person.personId, from, to: last === undefined ? undefined : addDays(last, 1) }],
    });
    if (family.structure === 'sealed-identity') {
      // Up to the adoption order, and nothing after it.
      const from = addDays(asOf, -random.int(600, 700));
      return [episode('child-protection', from, addDays(from, random.int(120, 200)))];
    }
    const current = (['early-help', 'child-in-need', 'child-protection'] as const).find((kind) => context.has(kind, person));
    if (current !== undefined) {
      const from = addDays(asOf, -(person.unborn ? random.int(5, 60) : random.int(0, Math.min(500, asOf - person.birthDate))));
      // Many came up through early help, which then was closed.
      const earlier =
        current !== 'early-help' && !person.unborn && random.chance(0.4)
          ? [episode('early-help', addDays(from, -random.int(60, 200)), addDays(from, -1))]
          : [];
      const inPeriod = age < 2 || addDays(from, -1) < addMonths(asOf, -23) ? [] : earlier;
      return [...inPeriod, episode(current, from)];
    }
    if (person.unborn || age < 2 || !random.chance(background.closedSocialCare)) return [];
    const last = addDays(asOf, -random.int(3, Math.min(650, asOf - person.birthDate - 300)));
    return [episode(random.pick(['early-help', 'early-help', 'child-in-need'] as const), addDays(last, -random.int(30, 300)), last)];
  });
};

export const childrensSocialCareWriter: FeedWriter = {
  feed: 'childrens-social-care',
  agency: 'mossbank-childrens-services',
  agreement: 'DSA-MOSSBANK-CHILDREN-2026',
  style: plainStyle,
  rates: { ...usualRates, noUpn: 0.3, noNhsNumber: 0.25 },
  columns: [
    'episode_id',
    'partner_person_id',
    'upn',
    'nhs_number',
    'surname',
    'forename',
    'dob',
    'dob_estimated',
    'expected_birth_date',
    'sex',
    'address_line_1',
    'town',
    'postcode',
    'uprn',
    'sensitive_address_flag',
    'episode_type',
    'start_date',
    'end_date',
    'primary_need',
    'cp_category',
  ],
  period: lastTwoYears,
  rows: socialCareRows,
};

const childrenOf = ({ family }: FamilyContext): SamplePerson[] =>
  family.members.filter(({ person, role, resident }) => role === 'child' && resident && !person.unborn).map(({ person }) => person);

const conferenceRow = (context: FamilyContext, victim: SamplePerson, on: DayNumber): DraftRow => {
  const { random, family, date, view } = context;
  const partner = family.members.find(
    ({ person, role, resident }) => person !== victim && resident && ['parent', 'step-parent', 'adult'].includes(role),
  );
  const former = family.members.find(({ person, role }) => person !== victim && role === 'non-resident-parent');
  const perpetrator = (partner ?? former)?.person;
  // Children too young to have been born by then are in no conference about that time.
  const children = childrenOf(context)
    .filter(({ birthDate }) => birthDate < on)
    .slice(0, 4);
  const about = view(victim);
  const by = perpetrator && view(perpetrator);
  const childCells = Object.fromEntries(
    children.flatMap((child, index) => {
      const { surname, forename, dob } = view(child);
      const prefix = `child${String(index + 1)}`;
      return [
        [`${prefix}_surname`, surname],
        [`${prefix}_forename`, forename],
        [`${prefix}_dob`, dob],
      ] as const;
    }),
  );
  return {
    cells: {
      marac_ref: context.reference('MARAC-'),
      marac_date: date(on),
      repeat_within_12m: random.chance(0.25) ? 'Y' : 'N',
      relationship: perpetrator === undefined ? '' : partner ? random.pick(['Partner', 'Spouse']) : 'Ex-partner',
      victim_surname: about.surname,
      victim_forename: about.forename,
      victim_dob: about.dob,
      victim_sex: about.sex,
      victim_nhs_number: about.nhs_number,
      victim_address_line_1: about.address_line_1,
      victim_town: about.town,
      victim_postcode: about.postcode,
      victim_uprn: about.uprn,
      sensitive_address_flag: victim.address.kind === 'refuge' ? 'Y' : 'N',
      perpetrator_surname: by?.surname ?? '',
      perpetrator_forename: by?.forename ?? '',
      perpetrator_dob: by?.dob ?? '',
      perpetrator_sex: by?.sex ?? '',
      perpetrator_address_line_1: by?.address_line_1 ?? '',
      perpetrator_town: by?.town ?? '',
      perpetrator_postcode: by?.postcode ?? '',
      perpetrator_uprn: by?.uprn ?? '',
      ...childCells,
    },
    subjects: {
      victim: victim.personId,
      ...(perpetrator && { perpetrator: perpetrator.personId }),
      ...Object.fromEntries(children.map((child, index) => [`child-${String(index + 1)}`, child.personId])),
    },
    evidence: [victim, ...(perpetrator ? [perpetrator] : []), ...children].map(({ personId }) => ({
      kind: 'domestic-abuse' as const,
      personId,
      on,
    })),
  };
};

const maracRows = (context: FamilyContext): DraftRow[] => {
  const { random, asOf, members } = context;
  return members.flatMap(({ person, role }) => {
    const refuge = context.family.structure === 'refuge' && role === 'parent';
    if (refuge || context.has('abuse-conference', person)) return [conferenceRow(context, person, addDays(asOf, -random.int(5, 355)))];
    const grown = ['parent', 'adult'].includes(role) && person.sex === 'female' && ageInYears(person.birthDate, asOf) >= 21;
    return grown && random.chance(background.olderConference) ? [conferenceRow(context, person, addDays(asOf, -random.int(375, 715)))] : [];
  });
};

export const maracWriter: FeedWriter = {
  feed: 'domestic-abuse-marac',
  agency: 'northshire-marac',
  agreement: 'DSA-NORTHSHIRE-MARAC-2026',
  style: { ...plainStyle, dates: 'british', lineEnd: '\r\n' },
  rates: { ...usualRates, otherAddress: 0, noNhsNumber: 0.4, noBirthDate: 0.02 },
  columns: [
    'marac_ref',
    'marac_date',
    'repeat_within_12m',
    'relationship',
    ...['surname', 'forename', 'dob', 'sex', 'nhs_number', 'address_line_1', 'town', 'postcode', 'uprn'].map((name) => `victim_${name}`),
    'sensitive_address_flag',
    ...['surname', 'forename', 'dob', 'sex', 'address_line_1', 'town', 'postcode', 'uprn'].map((name) => `perpetrator_${name}`),
    ...[1, 2, 3, 4].flatMap((number) => ['surname', 'forename', 'dob'].map((name) => `child${String(number)}_${name}`)),
  ],
  period: lastTwoYears,
  rows: maracRows,
};

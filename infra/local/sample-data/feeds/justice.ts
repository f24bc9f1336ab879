import { addDays, addMonths, ageInYears, civilDate, formatIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { usualRates } from '../agency-view.ts';
import type { DraftRow, FamilyContext, FeedWriter } from '../feed-writer.ts';
import { plainStyle } from '../file-style.ts';
import type { SamplePerson } from '../model.ts';
import { incidentDay } from '../threshold-cases.ts';
import { backgroundRates as background } from '../rates.ts';

const months = 24;
const lastTwoYears = (asOf: DayNumber) => ({ start: formatIsoDate(addMonths(addDays(asOf, 1), -months)), end: formatIsoDate(asOf) });

/** A day in the last twelve months, clear of both ends; or one in the year before that, clear of its ends. */
const recentDay = ({ random, asOf }: FamilyContext): DayNumber => addDays(asOf, -random.int(5, 355));
const olderDay = ({ random, asOf }: FamilyContext): DayNumber => addDays(asOf, -random.int(375, 715));

interface Part {
  readonly person: SamplePerson;
  readonly role: 'suspect' | 'victim' | 'witness' | 'subject';
  readonly outcome?: string;
}

interface Incident {
  readonly on: DayNumber;
  readonly parts: readonly Part[];
  readonly antisocial?: boolean;
  readonly domesticAbuse?: boolean;
  readonly childPresent?: boolean;
  readonly decisive?: boolean;
}

const spellings: Readonly<Record<Part['role'], readonly string[]>> = {
  suspect: ['Suspect', 'Suspect', 'Suspect', 'Offender'],
  victim: ['Victim', 'Victim', 'Aggrieved'],
  witness: ['Witness'],
  subject: ['Subject', 'Involved'],
};

const incidentRows = (context: FamilyContext, incident: Incident): DraftRow[] => {
  const { random, date } = context;
  const { on, antisocial = false, domesticAbuse = false } = incident;
  const number = context.reference(`NS-${String(civilDate(on).year % 100)}-`);
  const flag = (value: boolean) => (value ? 'Y' : 'N');
  return incident.parts.map(({ person, role, outcome }) => ({
    cells: {
      ...context.view(person),
      incident_no: number,
      incident_date: date(on),
      role: random.pick(spellings[role]),
      outcome:
        outcome ??
        (random.chance(0.5) ? '' : role === 'suspect' ? random.pick(['NFA', 'Ongoing', 'Community resolution']) : 'Not applicable'),
      asb_flag: flag(antisocial),
      da_flag: flag(domesticAbuse),
      child_present_flag: incident.childPresent === undefined ? '' : flag(incident.childPresent),
    },
    subjects: { person: person.personId },
    evidence: [{ kind: 'incident' as const, personId: person.personId, on, role, antisocial, domesticAbuse }],
    ...(incident.decisive === true ? { decisive: true } : {}),
  }));
};

const abuseBy = ({ family }: FamilyContext, victim: SamplePerson): SamplePerson | undefined =>
  family.members.find(
    ({ person, role, resident }) =>
      person !== victim && resident && ['parent', 'step-parent', 'adult'].includes(role) && person.sex !== victim.sex,
  )?.person ?? family.members.find(({ role }) => role === 'non-resident-parent')?.person;

const policeRows = (context: FamilyContext): DraftRow[] => {
  const { random, asOf, members, family } = context;
  const incidents: Incident[] = [];
  const hasChildren = family.members.some(({ role }) => role === 'child');
  for (const { person } of members) {
    const age = ageInYears(person.birthDate, asOf);
    if (person.unborn || age < 8) continue;
    const adult = age >= 19;
    const on = (day: DayNumber, incident: Omit<Incident, 'on'>) => incidents.push({ on: day, ...incident });
    const threshold = context.thresholdOf(person);
    const day = threshold && incidentDay(threshold, asOf);
    if (day !== undefined) on(day, { parts: [{ person, role: 'suspect' }], antisocial: true, decisive: true });
    if (context.has('antisocial-behaviour', person)) {
      for (let count = random.int(1, 3); count > 0; count--)
        on(recentDay(context), { parts: [{ person, role: 'suspect' }], antisocial: true });
    }
    if (context.has('abuse-incident', person)) {
      const suspect = abuseBy(context, person);
      for (let count = random.int(1, 3); count > 0; count--) {
        const parts: Part[] = [{ person, role: 'victim' }];
        if (suspect) parts.push({ person: suspect, role: 'suspect' });
        on(recentDay(context), { parts, domesticAbuse: true, childPresent: hasChildren && random.chance(0.6) });
      }
    }
    // What is no evidence of a need: others' offences, offences of other kinds, and what lies further back.
    const chances = adult ? 1 : 0.5;
    while (random.chance(background.policeContact * chances))
      on(random.chance(0.5) ? recentDay(context) : olderDay(context), {
        parts: [{ person, role: random.pick(['witness', 'subject'] as const) }],
      });
    if (random.chance(background.policeVictim * chances))
      on(recentDay(context), { parts: [{ person, role: 'victim' }], antisocial: random.chance(0.5) });
    if (adult && random.chance(background.otherOffence))
      on(recentDay(context), { parts: [{ person, role: 'suspect', outcome: random.pick(['Caution', 'Charged', 'Convicted']) }] });
    if (age >= 14 && random.chance(background.olderAntisocialBehaviour))
      on(olderDay(context), { parts: [{ person, role: 'suspect' }], antisocial: true });
    if (adult && random.chance(background.olderDomesticAbuse))
      on(olderDay(context), { parts: [{ person, role: 'victim' }], domesticAbuse: true });
  }
  return incidents.flatMap((incident) => incidentRows(context, incident));
};

export const policeIncidentsWriter: FeedWriter = {
  feed: 'police-incidents',
  agency: 'northshire-police',
  agreement: 'DSA-NORTHSHIRE-POLICE-2026',
  style: { ...plainStyle, upperCaseNames: true, lineEnd: '\r\n' },
  rates: { ...usualRates, nickname: 0.07, nameTypo: 0.04, noUprn: 0.6, noPostcode: 0.08, otherAddress: 0.5 },
  columns: [
    'incident_no',
    'partner_person_id',
    'incident_date',
    'role',
    'outcome',
    'asb_flag',
    'da_flag',
    'child_present_flag',
    'pnc_id',
    'surname',
    'forename',
    'dob',
    'sex',
    'address_line_1',
    'town',
    'postcode',
    'uprn',
    'sensitive_address_flag',
  ],
  period: lastTwoYears,
  rows: policeRows,
};

const disposals = [
  'Referral order',
  'Youth conditional caution',
  'Youth rehabilitation order',
  'Youth caution',
  'Reparation order',
] as const;

const youthJusticeRows = (context: FamilyContext): DraftRow[] => {
  const { random, asOf, members, date } = context;
  return members.flatMap(({ person, role }) => {
    const age = ageInYears(person.birthDate, asOf);
    if (role !== 'child' || person.unborn || age < 12) return [];
    const disposal = (offence: DayNumber): DraftRow => {
      const decided = addDays(offence, random.int(0, 60));
      const on = decided < asOf ? decided : asOf;
      const type = random.pick(disposals);
      const hasOrder = type.endsWith('order');
      const end = addMonths(on, random.pick([3, 6, 9, 12]));
      return {
        cells: {
          ...context.view(person),
          disposal_id: context.reference('YJ-'),
          offence_date: date(offence),
          disposal_type: type,
          disposal_date: date(on),
          order_start: hasOrder ? date(on) : '',
          order_end: hasOrder ? date(end) : '',
        },
        subjects: { 'young-person': person.personId },
        evidence: [{ kind: 'proven-offence', personId: person.personId, on: offence }],
      };
    };
    if (context.has('youth-offence', person)) return Array.from({ length: random.int(1, 2) }, () => disposal(recentDay(context)));
    return age >= 14 && random.chance(background.olderYouthOffence) ? [disposal(addDays(asOf, -random.int(375, 560)))] : [];
  });
};

export const youthJusticeWriter: FeedWriter = {
  feed: 'youth-justice',
  agency: 'mossbank-youth-justice',
  agreement: 'DSA-MOSSBANK-YJS-2026',
  style: plainStyle,
  rates: { ...usualRates, noPncId: 0.2 },
  columns: [
    'disposal_id',
    'partner_person_id',
    'pnc_id',
    'surname',
    'forename',
    'dob',
    'sex',
    'address_line_1',
    'town',
    'postcode',
    'uprn',
    'offence_date',
    'disposal_type',
    'disposal_date',
    'order_start',
    'order_end',
  ],
  period: lastTwoYears,
  rows: youthJusticeRows,
};

import { addDays, addMonths, ageInYears, formatIsoDate, type DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import { usualRates } from '../agency-view.ts';
import type { Evidence } from '../evidence.ts';
import type { DraftRow, FamilyContext, FeedWriter } from '../feed-writer.ts';
import { plainStyle } from '../file-style.ts';
import { backgroundRates as background } from '../rates.ts';

const lastMonth = (asOf: DayNumber) => ({ start: formatIsoDate(addDays(asOf, -29)), end: formatIsoDate(asOf) });

const benefitRows = (context: FamilyContext): DraftRow[] => {
  const { random, asOf, members, date, family } = context;
  if (family.structure === 'sealed-identity') return [];
  return members.flatMap(({ person }) => {
    const age = ageInYears(person.birthDate, asOf);
    const outOfWork = context.has('out-of-work', person);
    // The council asks about the adults it knows of; about one in ten the Jobcentre knows nothing.
    if (person.unborn || age < 18 || (age >= 67 && !outOfWork) || (!outOfWork && random.chance(background.unknownToJobcentre))) return [];
    const start = addDays(asOf, -random.int(30, 2400));
    const row = (cells: Readonly<Record<string, string>>, evidence: readonly Evidence[]): DraftRow => ({
      cells: {
        ...context.view(person),
        request_ref: context.reference('SF-REQ-'),
        check_date: date(addDays(asOf, -random.int(0, 6))),
        ...cells,
      },
      subjects: { claimant: person.personId },
      evidence,
    });
    if (outOfWork) {
      const benefit = random.pick(['UC', 'UC', 'UC', 'UC', 'Universal Credit', 'ESA', 'JSA', 'IS']);
      const group = benefit.startsWith('U')
        ? random.pick(['Searching for work', 'Preparing for work', 'Planning for work', 'No work requirements'])
        : '';
      return [
        row(
          {
            oow_benefit_flag: 'Y',
            benefit_type: benefit,
            claim_start: date(start),
            claim_end: '',
            uc_conditionality_group: group,
            employment_flag: 'N',
          },
          [{ kind: 'out-of-work', personId: person.personId, from: start }],
        ),
      ];
    }
    if (random.chance(background.claimJustEnded)) {
      // The claim ended in the month of the file: no longer a current one.
      const last = addDays(asOf, -random.int(3, 25));
      const from = addMonths(last, -random.int(3, 30));
      return [
        row(
          {
            oow_benefit_flag: 'Y',
            benefit_type: 'UC',
            claim_start: date(from),
            claim_end: date(last),
            uc_conditionality_group: 'Searching for work',
            employment_flag: person.occupation === 'employed' ? 'Y' : 'N',
          },
          [{ kind: 'out-of-work', personId: person.personId, from, to: addDays(last, 1) }],
        ),
      ];
    }
    const employed = person.occupation === 'employed';
    if (employed && random.chance(background.inWorkOnUniversalCredit)) {
      return [
        row(
          {
            oow_benefit_flag: 'N',
            benefit_type: 'UC',
            claim_start: date(start),
            uc_conditionality_group: 'Working with requirements',
            employment_flag: 'Y',
          },
          [],
        ),
      ];
    }
    return [row({ oow_benefit_flag: 'N', benefit_type: 'None', employment_flag: employed ? 'Y' : random.chance(0.3) ? '' : 'N' }, [])];
  });
};

export const dwpBenefitsWriter: FeedWriter = {
  feed: 'dwp-benefits',
  agency: 'jobcentre-mossbank',
  agreement: 'DSA-JOBCENTRE-2026',
  style: { ...plainStyle, upperCaseNames: true, quotesAll: true },
  rates: { ...usualRates, nickname: 0.01, formerName: 0.2, noNino: 0.05, noPostcode: 0.02 },
  columns: [
    'request_ref',
    'nino',
    'surname',
    'forename',
    'dob',
    'postcode',
    'check_date',
    'oow_benefit_flag',
    'benefit_type',
    'claim_start',
    'claim_end',
    'uc_conditionality_group',
    'employment_flag',
  ],
  period: lastMonth,
  rows: benefitRows,
};

const housingRows = (context: FamilyContext): DraftRow[] => {
  const { random, asOf, members, date, family } = context;
  const tenants = members
    .filter(
      ({ person, role, resident }) =>
        resident && ['parent', 'step-parent', 'carer', 'adult'].includes(role) && ageInYears(person.birthDate, asOf) >= 18,
    )
    .map(({ person }) => person)
    .slice(0, 2);
  const inArrears = tenants.find((person) => context.has('rent-arrears', person));
  const evicted = tenants.find((person) => context.has('eviction', person));
  const isTenancy =
    inArrears !== undefined ||
    evicted !== undefined ||
    random.chance(family.structure === 'shared-address' ? background.sharedAddressTenancy : background.socialTenancy);
  if (!isTenancy || ['sealed-identity', 'refuge'].includes(family.structure)) return [];
  const tenancy = context.reference('T-');
  const since = addDays(asOf, -random.int(40, 700));
  const evictionSince = addDays(asOf, -random.int(10, 120));
  const owes = inArrears !== undefined || (evicted !== undefined && random.chance(0.7));
  const status = owes ? 'Open' : random.chance(0.55) ? 'Closed' : 'None';
  return tenants.map((person) => {
    const evidence: Evidence[] = [];
    if (owes) evidence.push({ kind: 'rent-arrears', personId: person.personId, from: since });
    if (evicted) evidence.push({ kind: 'eviction', personId: person.personId, from: evictionSince });
    return {
      cells: {
        ...context.view(person),
        tenancy_ref: tenancy,
        arrears_status: status,
        arrears_since: owes ? date(since) : '',
        arrears_weeks: owes ? String(random.int(3, 30)) : '',
        nosp_status: owes && random.chance(0.3) ? 'Open' : random.chance(0.3) ? 'None' : '',
        eviction_status: evicted ? 'Open' : 'None',
        eviction_since: evicted ? date(evictionSince) : '',
      },
      subjects: { tenant: person.personId },
      evidence,
    };
  });
};

export const housingArrearsWriter: FeedWriter = {
  feed: 'housing-arrears',
  agency: 'larkmoor-homes',
  agreement: 'DSA-LARKMOOR-HOMES-2026',
  style: { ...plainStyle, delimiter: ';', dates: 'british', lineEnd: '\r\n' },
  rates: { ...usualRates, noNino: 0.3, noUprn: 0.02, noPostcode: 0.01, otherAddress: 0.05 },
  columns: [
    'tenancy_ref',
    'partner_person_id',
    'surname',
    'forename',
    'dob',
    'nino',
    'address_line_1',
    'town',
    'postcode',
    'uprn',
    'sensitive_address_flag',
    'arrears_status',
    'arrears_since',
    'arrears_weeks',
    'nosp_status',
    'eviction_status',
    'eviction_since',
  ],
  period: lastMonth,
  rows: housingRows,
};

const homelessnessRows = (context: FamilyContext): DraftRow[] => {
  const { random, asOf, members, date, family } = context;
  const household = members.filter(({ person, resident }) => resident && !person.unborn);
  const applicant =
    household.find(({ person }) => context.has('homelessness', person)) ??
    household.find(({ person, role }) => role !== 'child' && ageInYears(person.birthDate, asOf) >= 19);
  if (applicant === undefined || family.structure === 'sealed-identity') return [];
  const isCurrent = context.has('homelessness', applicant.person);
  if (!isCurrent && !random.chance(background.endedHomelessness)) return [];
  const caseId = context.reference('HML-');
  const from = isCurrent ? addDays(asOf, -random.int(5, 300)) : addDays(asOf, -random.int(300, 640));
  const last = isCurrent ? undefined : addDays(from, random.int(30, 200));
  const duty = random.pick(['Prevention', 'Relief', 'Main']);
  return household.map(({ person, role }) => {
    const isApplicant = person === applicant.person;
    const partner =
      !isApplicant && role !== 'child' && role !== 'adult-child' && ['parent', 'step-parent', 'adult', 'carer'].includes(role);
    const personRole = isApplicant ? 'Applicant' : partner ? 'Partner' : role === 'child' ? 'Child' : 'Other';
    return {
      cells: {
        ...context.view(person),
        case_id: caseId,
        person_role: personRole,
        duty_owed: duty,
        duty_start: date(from),
        duty_end: last === undefined ? '' : date(last),
      },
      subjects: { [personRole.toLowerCase()]: person.personId },
      evidence: [{ kind: 'homelessness', personId: person.personId, from, to: last === undefined ? undefined : addDays(last, 1) }],
    };
  });
};

export const homelessnessWriter: FeedWriter = {
  feed: 'homelessness',
  agency: 'mossbank-housing-options',
  agreement: 'DSA-MOSSBANK-HOUSING-2026',
  style: { ...plainStyle, dates: 'british' },
  rates: { ...usualRates, noNino: 0.4 },
  columns: [
    'case_id',
    'partner_person_id',
    'person_role',
    'surname',
    'forename',
    'dob',
    'sex',
    'nino',
    'address_line_1',
    'town',
    'postcode',
    'uprn',
    'sensitive_address_flag',
    'duty_owed',
    'duty_start',
    'duty_end',
  ],
  period: (asOf) => ({ start: formatIsoDate(addMonths(addDays(asOf, 1), -24)), end: formatIsoDate(asOf) }),
  rows: homelessnessRows,
};

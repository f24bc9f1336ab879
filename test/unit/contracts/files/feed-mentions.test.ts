import { describe, expect, it } from 'vitest';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { accepted, autumn } from './feed-rows.ts';

const factsOf = (id: FeedId, cells: Readonly<Record<string, string>> = {}) => accepted(id, cells).mentions.flatMap(({ facts }) => facts);

describe('What a row says', () => {
  it('of the school roll: the pupil, the enrolment and the parents by name', () => {
    expect(accepted('school-roll', { former_upn: 'V34012342500A', previous_surname: 'Sample' })).toEqual({
      ok: true,
      recordKey: ['3404001', 'A00123'],
      content: expect.any(String) as string,
      mentions: [
        {
          subject: 'pupil',
          details: {
            forename: 'Alex',
            middleNames: 'Jo',
            surname: 'Example',
            previousSurname: 'Sample',
            birthDate: '2012-01-31',
            sex: 'female',
            ethnicity: 'WBRI',
            address: { lines: ['1 Example Street'], town: 'Huyton', postcode: 'L36 9GL', uprn: '100023336956' },
            addressProtected: false,
            upn: 'J340123425001',
            formerUpn: 'V34012342500A',
            agencyPersonId: 'A00123',
            agencyRegister: '3404001',
          },
          contacts: [{ name: 'Sam Example', relationship: 'mother' }, { name: 'Kim Example' }],
          relations: [],
          facts: [{ kind: 'school-enrolment', from: '2023-09-02', status: 'enrolled', yearGroup: '7' }],
        },
      ],
    });
  });

  it('of a pupil who has left: until the day after the last', () => {
    expect(factsOf('school-roll', { enrol_status: 'P', leaving_date: '18/10/2024', year_group: '' })).toEqual([
      { kind: 'school-enrolment', from: '2023-09-02', to: '2024-10-19', status: 'left' },
    ]);
  });

  it('of attendance: the sessions of the term, under pupil, year, term and school', () => {
    const { recordKey, mentions } = accepted('school-attendance');
    expect(recordKey).toEqual(['J340123425001', '2024/25', 'autumn', '3404001']);
    expect(mentions).toEqual([
      {
        subject: 'pupil',
        details: { forename: 'Alex', surname: 'Example', birthDate: '2012-01-31', upn: 'J340123425001' },
        contacts: [],
        relations: [],
        facts: [
          {
            kind: 'school-attendance',
            from: '2024-09-01',
            to: '2025-01-01',
            academicYear: '2024/25',
            term: 'autumn',
            sessionsPossible: 140,
            sessionsAuthorised: 6,
            sessionsUnauthorised: 18,
          },
        ],
      },
    ]);
  });

  it.each([
    ['suspensions', {}, [{ kind: 'exclusion', from: '2024-11-14', category: 'suspension', sessions: 4 }]],
    ['suspensions', { category: 'PERM', sessions: '' }, [{ kind: 'exclusion', from: '2024-11-14', category: 'permanent', sessions: 0 }]],
    [
      'police-incidents',
      { asb_flag: 'Y', child_present_flag: '' },
      [
        {
          kind: 'police-incident',
          from: '2024-10-05',
          role: 'suspect',
          antisocialBehaviour: true,
          domesticAbuse: false,
          childPresent: false,
        },
        { kind: 'proven-offence', from: '2024-10-05', disposal: 'caution' },
      ],
    ],
    [
      'police-incidents',
      { role: 'Victim', outcome: '', da_flag: 'Y', child_present_flag: 'Y' },
      [
        {
          kind: 'police-incident',
          from: '2024-10-05',
          role: 'victim',
          antisocialBehaviour: false,
          domesticAbuse: true,
          childPresent: true,
        },
      ],
    ],
    [
      'police-incidents',
      { outcome: 'Charged' },
      [
        {
          kind: 'police-incident',
          from: '2024-10-05',
          role: 'suspect',
          antisocialBehaviour: false,
          domesticAbuse: false,
          childPresent: false,
        },
      ],
    ],
    [
      'youth-justice',
      {},
      [
        { kind: 'proven-offence', from: '2024-08-20', disposal: 'Referral order' },
        { kind: 'youth-justice-order', from: '2024-10-15', to: '2025-04-15', disposal: 'Referral order' },
      ],
    ],
    ['youth-justice', { order_start: '', order_end: '' }, [{ kind: 'proven-offence', from: '2024-08-20', disposal: 'Referral order' }]],
    [
      'dwp-benefits',
      { employment_flag: 'Y', claim_end: '30/11/2024' },
      [
        {
          kind: 'out-of-work-benefit',
          from: '2024-02-12',
          to: '2024-12-01',
          benefit: 'universal-credit',
          conditionality: 'searching-for-work',
        },
        { kind: 'employment', from: '2024-10-31' },
      ],
    ],
    [
      'housing-arrears',
      { nosp_status: 'Closed', eviction_status: '' },
      [{ kind: 'rent-arrears', from: '2024-06-03', weeks: 9, noticeServed: false }],
    ],
    [
      'housing-arrears',
      { arrears_weeks: '', eviction_status: 'Open', eviction_since: '01/10/2024' },
      [
        { kind: 'rent-arrears', from: '2024-06-03', noticeServed: true },
        { kind: 'eviction-action', from: '2024-10-01' },
      ],
    ],
    ['housing-arrears', { arrears_status: 'Closed', nosp_status: 'None' }, []],
    ['homelessness', { duty_end: '12/11/2024' }, [{ kind: 'homelessness-duty', from: '2024-09-18', to: '2024-11-13', duty: 'prevention' }]],
    ['childrens-social-care', {}, [{ kind: 'child-in-need', from: '2024-09-09', primaryNeed: 'N1' }]],
    [
      'childrens-social-care',
      { episode_type: 'EH', end_date: '29/11/2024' },
      [{ kind: 'early-help-episode', from: '2024-09-09', to: '2024-11-30' }],
    ],
    [
      'childrens-social-care',
      { episode_type: 'CP', cp_category: 'EMO' },
      [{ kind: 'child-protection-plan', from: '2024-09-09', category: 'EMO' }],
    ],
    ['health-visiting', {}, [{ kind: 'child-health-concern', from: '2024-11-07', concern: 'development' }]],
    ['health-visiting', { concern: 'None' }, []],
    [
      'health-visiting',
      { review_type: 'Antenatal', concern: 'None', expected_delivery_date: '15/03/2025' },
      [{ kind: 'expecting-a-child', from: '2024-11-07', to: '2025-03-30' }],
    ],
    ['adult-health', {}, [{ kind: 'mental-health-need', from: '2024-08-01', service: 'Community mental health team' }]],
    [
      'adult-health',
      { need: 'Alcohol', discharge_date: '20/12/2024' },
      [{ kind: 'substance-misuse-need', from: '2024-08-01', to: '2024-12-21', substance: 'alcohol' }],
    ],
    [
      'professional-referral',
      { h5: 'Y', notes_held: 'Y' },
      [
        { kind: 'nominated-need', from: '2024-11-12', heading: 'H2', note: true },
        { kind: 'nominated-need', from: '2024-11-12', heading: 'H5', note: true },
      ],
    ],
    [
      'professional-referral',
      { h2: 'N', needs: '5.2; sf.3.1, SF.5.2' },
      [
        { kind: 'nominated-need', from: '2024-11-12', heading: 'SF.3.1', note: false },
        { kind: 'nominated-need', from: '2024-11-12', heading: 'SF.5.2', note: false },
      ],
    ],
  ] as const)('of %s with %j: %j', (id, cells, facts) => {
    expect(factsOf(id, cells)).toEqual(facts);
  });

  it('of an unborn child: the expected date, no birth date, no made-up name', () => {
    const [child] = accepted('childrens-social-care', {
      forename: 'Unborn',
      dob: '',
      expected_birth_date: '15/03/2025',
      upn: '',
      nhs_number: '',
      sex: '0',
      address_line_1: '',
      town: '',
      postcode: 'ZZ99 3VZ',
      uprn: '',
      sensitive_address_flag: '',
      dob_estimated: '',
    }).mentions;
    expect(child?.details).toEqual({ surname: 'Example', expectedBirthDate: '2025-03-15', agencyPersonId: 'LCS0012345' });
  });

  it('of a conference: the victim, the perpetrator and the children, who lives with whom, and whose address is protected', () => {
    const { recordKey, mentions } = accepted('domestic-abuse-marac', {
      sensitive_address_flag: 'Y',
      repeat_within_12m: 'Y',
      relationship: 'Partner',
      child3_surname: 'Example',
      child3_forename: 'Jamie',
      perpetrator_town: '',
      perpetrator_uprn: '',
    });
    const home = { lines: ['1 Example Street'], town: 'Huyton', postcode: 'L36 9GL', uprn: '100023336956' };
    const fact = (role: string) => [{ kind: 'domestic-abuse', from: '2024-10-22', role, repeat: true }];
    expect(recordKey).toEqual(['MARAC-24-031', '2024-10-22']);
    expect(mentions).toEqual([
      {
        subject: 'victim',
        details: {
          surname: 'Example',
          forename: 'Robin',
          birthDate: '1989-05-04',
          sex: 'female',
          nhsNumber: '9990000018',
          address: home,
          addressProtected: true,
        },
        contacts: [],
        relations: [
          { toSubject: 'child-1', relation: 'parent-or-carer-of' },
          { toSubject: 'child-3', relation: 'parent-or-carer-of' },
        ],
        facts: fact('victim'),
      },
      {
        subject: 'perpetrator',
        details: {
          surname: 'Sample',
          forename: 'Chris',
          birthDate: '1986-08-17',
          sex: 'female',
          address: { lines: ['2 Example Street'], postcode: 'L36 9GL' },
        },
        contacts: [],
        relations: [{ toSubject: 'victim', relation: 'partner-of' }],
        facts: fact('perpetrator'),
      },
      {
        subject: 'child-1',
        details: { surname: 'Example', forename: 'Jordan', birthDate: '2016-01-31', address: home, addressProtected: true },
        contacts: [],
        relations: [],
        facts: fact('child-affected'),
      },
      {
        subject: 'child-3',
        details: { surname: 'Example', forename: 'Jamie', address: home, addressProtected: true },
        contacts: [],
        relations: [],
        facts: fact('child-affected'),
      },
    ]);
  });

  it.each([
    ['Ex-partner', []],
    ['Parent', [{ toSubject: 'victim', relation: 'parent-or-carer-of' }]],
    ['Adult child', [{ toSubject: 'victim', relation: 'child-of' }]],
    ['', []],
  ])('of a perpetrator who is the victim’s %s: the relations %j', (relationship, relations) => {
    const perpetrator = accepted('domestic-abuse-marac', { relationship }).mentions.find(({ subject }) => subject === 'perpetrator');
    expect(perpetrator?.relations).toEqual(relations);
  });

  it('of a conference without a known perpetrator: nothing of one', () => {
    const subjects = accepted('domestic-abuse-marac', {
      relationship: '',
      perpetrator_surname: '',
      perpetrator_forename: '',
      perpetrator_dob: '',
    }).mentions.map(({ subject }) => subject);
    expect(subjects).toEqual(['victim', 'child-1']);
  });

  it('changes its content with every cell that is kept, and not with the file’s period', () => {
    const { content } = accepted('housing-arrears');
    expect(accepted('housing-arrears', { arrears_weeks: '10' }).content).not.toBe(content);
    expect(accepted('housing-arrears', {}, { ...autumn, end: '2025-03-31' }).content).toBe(content);
  });

  it('has a birth date marked as estimated only where there is one', () => {
    expect(accepted('childrens-social-care', { dob_estimated: 'Y' }).mentions[0]?.details.birthDateEstimated).toBe(true);
  });
});

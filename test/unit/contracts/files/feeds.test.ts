import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedAccess } from '#shared/domain/feeds/feed-access.ts';
import { mentionSchema } from '#shared/domain/people/mention.ts';
import { feedIds } from '#shared/domain/feeds/feed-ids.ts';
import { columnGuide, exampleCsv, feedGuideMarkdown, templateCsv } from '#shared/contracts/files/feed-guide.ts';
import { feeds, findFeed } from '#shared/contracts/files/feeds.ts';
import { accepted, autumn, problemsOf, readRow } from './feed-rows.ts';
import { anyText, readAll, rowsOf } from './reading.ts';

const all = feedIds.map((id) => [id, feeds[id]] as const);

describe.each(all)('The %s feed', (id, feed) => {
  it('is found by its id', () => {
    expect(feed.id).toBe(id);
    expect(findFeed(id)).toBe(feed);
  });

  it('has an example in every column that its own check accepts', () => {
    for (const { name, schema, example } of feed.columns) expect(schema.safeParse(example), name).toMatchObject({ success: true });
  });

  it('explains every column in whole sentences', () => {
    for (const { name, description, format } of feed.columns) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(description, name).toMatch(/^[A-Z].*\.$/);
      expect(format, name).not.toBe('');
    }
  });

  it('has an example row that is accepted and says something', () => {
    const { mentions, recordKey } = accepted(id);
    expect(mentions.flatMap(({ facts }) => facts)).not.toEqual([]);
    expect(recordKey.join('')).not.toBe('');
    for (const mention of mentions) expect(mentionSchema.parse(mention)).toEqual(mention);
    expect(new Set(mentions.map(({ subject }) => subject)).size).toBe(mentions.length);
  });

  it('keeps the address of every person in a row that flags it as sensitive marked so', () => {
    if (!feed.columns.some(({ name }) => name === 'sensitive_address_flag')) return;
    const [first] = accepted(id, { sensitive_address_flag: 'Y' }).mentions;
    expect(first?.details.addressProtected).toBe(true);
  });

  it('asks for the sensitive address flag wherever it takes an address', () => {
    const names = feed.columns.map(({ name }) => name);
    if (names.some((name) => name.endsWith('address_line_1'))) expect(names).toContain('sensitive_address_flag');
  });

  it('reads its own template and its own example file', async () => {
    const events = await readAll(exampleCsv(feed), { feed });
    expect(events.map(({ kind }) => kind)).toEqual(['header', 'row', 'end']);
    const [row] = rowsOf(events);
    expect(row && feed.readRow(row.cells, autumn)).toEqual(readRow(id));
    expect(templateCsv(feed).split('\r\n')).toHaveLength(2);
  });

  it('reports every empty cell that it needs, and one that is missing altogether, alike', () => {
    const needed = feed.columns.filter(({ required }) => required).map(({ name }) => name);
    const missing = feed.readRow(new Map(), autumn);
    const empty = feed.readRow(new Map(feed.columns.map(({ name }) => [name, ''])), autumn);
    expect(empty).toEqual(missing);
    const told = missing.ok ? [] : missing.problems.filter(({ code }) => code === 'value-missing').map(({ column }) => column);
    expect(told).toEqual(needed);
  });

  it('tells nobody to leave a cell empty that every row needs', () => {
    const needed = feed.columns.filter(({ required }) => required).map(({ name }) => name);
    for (const text of ['§§ nonsense §§', 'Q207000016049', '01/01/1900', '1']) {
      const reading = feed.readRow(new Map(feed.columns.map(({ name }) => [name, text])), autumn);
      for (const { column, fix } of reading.ok ? [] : reading.problems)
        if (needed.includes(column ?? '')) expect(fix).not.toMatch(/leave (?:the cell|it) empty/i);
    }
  });

  it('says in every problem what is wrong and how to put it right', () => {
    const nonsense = new Map(feed.columns.map(({ name }) => [name, '§§ nonsense §§']));
    const reading = feed.readRow(nonsense, autumn);
    expect(reading.ok).toBe(false);
    if (reading.ok) return;
    for (const { code, message, fix } of reading.problems) {
      expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(message).toMatch(/^[A-Z].*[^.]$/s);
      expect(fix).toMatch(/^[A-Z].*\.$/s);
      expect(message + fix).not.toContain('nonsense');
    }
  });

  it('gives the same content for the same row in another order and another spelling', () => {
    const cells = Object.entries(feed.exampleRow);
    const respelled = cells.map(([name, value]): [string, string] => {
      const british = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(value);
      if (british) return [name, `${british[3] ?? ''}-${british[2] ?? ''}-${british[1] ?? ''}`];
      if (value === 'N' || value === 'Y') return [name, value === 'Y' ? 'yes' : 'No'];
      return [name, name.endsWith('postcode') || name === 'upn' || name === 'nino' ? value.toLowerCase().replaceAll(' ', '') : value];
    });
    expect(feed.readRow(new Map(respelled.reverse()), autumn)).toEqual(readRow(id));
  });

  it('never throws, whatever is in the cells', () => {
    const anyCell = fc.oneof(
      anyText(20),
      fc.constantFrom('', 'Y', 'N', '31/01/2012', '2024-11-11', '9.4E+9', '=1', 'J340123425001', 'L36 9GL', '0', '-', 'EH', 'Open', 'UC'),
      fc.constantFrom(...feed.columns.map(({ example }) => example)),
    );
    fc.assert(
      fc.property(fc.array(anyCell, { minLength: feed.columns.length, maxLength: feed.columns.length }), (values) => {
        const reading = feed.readRow(new Map(feed.columns.map(({ name }, index) => [name, values[index] ?? ''])), autumn);
        if (reading.ok) for (const mention of reading.mentions) mentionSchema.parse(mention);
        else expect(reading.problems).not.toEqual([]);
      }),
      { seed: 1, numRuns: 150 },
    );
  });
});

describe('All feeds together', () => {
  it('have no id that is not a feed', () => {
    expect(findFeed('nothing')).toBeUndefined();
    expect(findFeed('toString')).toBeUndefined();
  });

  it('cover all six headings', () => {
    expect([...new Set(all.flatMap(([, feed]) => feed.headings))].sort()).toEqual(['H1', 'H2', 'H3', 'H4', 'H5', 'H6']);
  });

  it('keep benefits and domestic abuse apart from the rest', () => {
    expect(all.filter(([, { accessClass }]) => accessClass === 'benefits').map(([id]) => id)).toEqual(['dwp-benefits']);
    expect(all.filter(([, { accessClass }]) => accessClass === 'protected').map(([id]) => id)).toEqual(['domestic-abuse-marac']);
    expect(Object.fromEntries(all.map(([id, { accessClass }]) => [id, accessClass]))).toEqual(feedAccess);
  });

  it('say which of them replace what went before', () => {
    expect(all.filter(([, { kind }]) => kind === 'snapshot').map(([id]) => id)).toEqual(['school-roll', 'dwp-benefits', 'housing-arrears']);
  });

  it('cannot be taken for one another by their template', () => {
    for (const [, feed] of all) {
      const names = feed.columns.map(({ name }) => name);
      const alike = all.filter(([, other]) => other.columns.filter(({ required }) => required).every(({ name }) => names.includes(name)));
      expect(alike.map(([id]) => id)).toEqual([feed.id]);
    }
  });

  it('are in the guide with every column', () => {
    const guide = feedGuideMarkdown();
    for (const [, feed] of all) {
      expect(guide).toContain(`## ${feed.title}`);
      for (const { name } of columnGuide(feed)) expect(guide).toContain(`| \`${name}\` |`);
    }
  });

  it('are known again by columns that every file has, and the guide says where their cells may be empty', () => {
    for (const [, feed] of all) {
      const guide = columnGuide(feed);
      for (const key of feed.recordKey) expect(guide.find(({ name }) => name === key)?.needed).not.toBe('if-held');
    }
    const needed = (id: keyof typeof feeds, column: string) => columnGuide(feeds[id]).find(({ name }) => name === column)?.needed;
    expect(needed('school-attendance', 'estab_no')).toBe('every-file');
    expect(needed('professional-referral', 'partner_person_id')).toBe('every-file');
    expect(needed('dwp-benefits', 'benefit_type')).toBe('every-file');
    expect(needed('suspensions', 'estab_no')).toBe('if-held');
    expect(needed('suspensions', 'upn')).toBe('every-row');
    expect(feedGuideMarkdown([feeds['school-attendance']])).toMatch(/\| `estab_no` \| the column, /);
  });
});

describe('A row', () => {
  it('reports all its problems at once, each with its column', () => {
    expect(
      problemsOf('school-attendance', {
        upn: 'Q207000016049',
        dob: '31/01/12',
        term: 'Lent',
        sess_possible: '100',
        sess_authorised: '60',
        sess_unauthorised: '50',
        sess_overall: '',
      }),
    ).toEqual(['upn: upn-check-letter', 'dob: date-two-digit-year', 'term: term-unknown', 'sess_possible: absence-over-possible']);
  });

  it('does not report what follows from a cell that is wrong already', () => {
    expect(problemsOf('childrens-social-care', { start_date: '31/02/2024', end_date: '01/01/2020' })).toEqual([
      'start_date: date-not-real',
    ]);
    expect(problemsOf('police-incidents', { surname: '=1', forename: '', dob: '', pnc_id: '' })).toEqual(['surname: text-formula']);
  });

  it.each([
    ['nothing', { surname: '', forename: '', dob: '', pnc_id: '' }, true],
    ['a surname alone', { forename: '', dob: '', pnc_id: '' }, true],
    ['a forename and a birth date', { surname: '', pnc_id: '' }, true],
    ['words that mean nothing', { surname: 'Unknown', forename: 'N/A', dob: '', pnc_id: '' }, true],
    ['surname and forename', { dob: '', pnc_id: '' }, false],
    ['surname and birth date', { forename: '', pnc_id: '' }, false],
    ['an identifier', { surname: '', forename: '', dob: '' }, false],
  ])('must say who it is about; it has %s', (_, cells, refused) => {
    expect(problemsOf('police-incidents', cells)).toEqual(refused ? ['surname: person-not-identified'] : []);
  });

  it.each([
    ['after the period', '01/01/2025', ['dob: birth-date-in-future']],
    ['on its last day', '31/12/2024', []],
    ['116 years before', '31/12/1908', ['dob: birth-date-too-early']],
    ['115 years before', '31/12/1909', []],
    ['on 1 January 1900', '01/01/1900', ['dob: date-placeholder']],
  ])('may have a person born %s', (_, dob, problems) => {
    expect(problemsOf('health-visiting', { dob })).toEqual(problems);
  });

  it.each([
    ['police-incidents', 'incident_date', '31/08/2024', 1],
    ['police-incidents', 'incident_date', '01/09/2024', 0],
    ['police-incidents', 'incident_date', '31/12/2024', 0],
    ['police-incidents', 'incident_date', '01/01/2025', 1],
    ['suspensions', 'start_date', '01/01/2025', 1],
    ['domestic-abuse-marac', 'marac_date', '31/08/2024', 1],
    ['professional-referral', 'referral_date', '31/08/2024', 1],
    ['health-visiting', 'review_date', '01/01/2025', 1],
    ['childrens-social-care', 'start_date', '01/01/2025', 1],
    ['homelessness', 'duty_start', '01/01/2025', 1],
    ['adult-health', 'referral_date', '01/01/2019', 0],
    ['youth-justice', 'disposal_date', '01/01/2025', 1],
    ['school-roll', 'entry_date', '01/01/2025', 1],
    ['dwp-benefits', 'check_date', '01/01/2025', 1],
    ['housing-arrears', 'arrears_since', '01/01/2025', 1],
  ] as const)('of %s with %s on %s has %i problems with the period', (id, column, day, count) => {
    expect(problemsOf(id, { [column]: day }).filter((problem) => problem === `${column}: date-outside-period`)).toHaveLength(count);
  });

  it('of a span that ended before the period is outside it', () => {
    expect(problemsOf('childrens-social-care', { start_date: '01/02/2023', end_date: '31/08/2024' })).toEqual([
      'end_date: date-outside-period',
    ]);
    expect(problemsOf('childrens-social-care', { start_date: '01/02/2023', end_date: '01/09/2024' })).toEqual([]);
  });

  it.each([
    ['childrens-social-care', { start_date: '10/10/2024', end_date: '09/10/2024' }, 'end_date'],
    ['homelessness', { duty_start: '10/10/2024', duty_end: '09/10/2024' }, 'duty_end'],
    ['adult-health', { referral_date: '10/10/2024', discharge_date: '09/10/2024' }, 'discharge_date'],
    ['dwp-benefits', { claim_start: '10/10/2024', claim_end: '09/10/2024' }, 'claim_end'],
    ['school-roll', { entry_date: '10/10/2024', leaving_date: '09/10/2024' }, 'leaving_date'],
    ['youth-justice', { order_start: '20/10/2024', order_end: '19/10/2024' }, 'order_end'],
  ] as const)('of %s may not end before it starts', (id, cells, column) => {
    expect(problemsOf(id, cells)).toEqual([`${column}: end-before-start`]);
  });
});

describe('A row with faults', () => {
  it('says where an identifier may be left out, and where the whole row must be', () => {
    const fixOf = (id: 'suspensions' | 'childrens-social-care', column: string): string | undefined => {
      const reading = feeds[id].readRow(new Map([[column, 'nonsense']]), autumn);
      return reading.ok ? undefined : reading.problems.find((problem) => problem.column === column)?.fix;
    };
    expect(fixOf('suspensions', 'upn')).toBe('Copy the UPN from the pupil’s record. If the pupil has none, take the row out of the file.');
    expect(fixOf('childrens-social-care', 'nhs_number')).toBe(
      'Copy the NHS number from your system. Leave the cell empty if you do not know it.',
    );
  });

  it('still says which record it is, so that a snapshot that has it does not end it', () => {
    expect(readRow('school-roll', { dob: '31/01/12' })).toMatchObject({ ok: false, recordKey: ['3404001', 'A00123'] });
    expect(readRow('dwp-benefits', { benefit_type: '', check_date: '' })).toMatchObject({ ok: false, recordKey: ['SF-REQ-00042', ''] });
  });

  it('says nothing of the kind where the fault is in the key itself', () => {
    expect(readRow('school-roll', { partner_person_id: '' })).not.toHaveProperty('recordKey');
    expect(readRow('dwp-benefits', { benefit_type: 'Gold' })).not.toHaveProperty('recordKey');
  });
});

describe('A row that only makes sense with another cell', () => {
  it.each([
    ['suspensions', { sessions: '' }, ['sessions: sessions-missing']],
    ['suspensions', { category: 'PERM', sessions: '' }, []],
    ['school-attendance', { sess_overall: '23' }, ['sess_overall: absence-sum']],
    ['school-attendance', { sess_possible: '24', sess_overall: '' }, []],
    ['school-attendance', { sess_possible: '23' }, ['sess_possible: absence-over-possible']],
    ['school-attendance', { term: 'Summer' }, ['term: date-outside-period']],
    ['school-attendance', { academic_year: '2023/24' }, ['term: date-outside-period']],
    ['school-roll', { enrol_status: 'P', leaving_date: '' }, ['leaving_date: leaving-date-missing']],
    ['police-incidents', { role: 'Victim' }, ['outcome: outcome-without-suspect']],
    ['police-incidents', { role: 'Victim', outcome: 'NFA' }, []],
    ['dwp-benefits', { benefit_type: '' }, ['benefit_type: benefit-missing']],
    ['dwp-benefits', { claim_start: '' }, ['claim_start: claim-start-missing']],
    ['dwp-benefits', { oow_benefit_flag: 'N', benefit_type: '', claim_start: '' }, []],
    ['housing-arrears', { arrears_since: '' }, ['arrears_since: arrears-since-missing']],
    ['housing-arrears', { eviction_status: 'Open' }, ['eviction_since: eviction-since-missing']],
    ['childrens-social-care', { expected_birth_date: '15/03/2025' }, ['expected_birth_date: born-and-expected']],
    ['childrens-social-care', { expected_birth_date: '15/03/2025', dob: '', forename: '', surname: '', upn: '', nhs_number: '' }, []],
    ['health-visiting', { review_type: 'Antenatal' }, ['expected_delivery_date: expected-date-missing']],
    ['health-visiting', { expected_delivery_date: '15/03/2025' }, ['expected_delivery_date: born-and-expected']],
    ['youth-justice', { order_start: '' }, ['order_start: order-start-missing']],
    ['professional-referral', { h2: 'N' }, ['h1: heading-missing']],
    ['professional-referral', { h2: 'N', needs: ' ; ' }, ['h1: heading-missing']],
    ['professional-referral', { needs: 'SF.5.2; SF.11.1' }, ['needs: need-unknown']],
    ['professional-referral', { needs: 'conflict' }, ['needs: need-unknown']],
    ['domestic-abuse-marac', { victim_forename: '', victim_dob: '', victim_nhs_number: '' }, ['victim_forename: person-not-identified']],
    ['domestic-abuse-marac', { child1_surname: '' }, ['child1_surname: person-not-identified']],
    ['domestic-abuse-marac', { child2_surname: 'Example' }, ['child2_surname: person-not-identified']],
    ['domestic-abuse-marac', { perpetrator_surname: '' }, ['perpetrator_surname: person-not-identified']],
  ] as const)('%s with %j has the problems %j', (id, cells, problems) => {
    expect(problemsOf(id, cells)).toEqual(problems);
  });
});

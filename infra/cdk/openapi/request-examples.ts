import { feeds } from '#shared/contracts/files/feeds.ts';

const terms = {
  agencyName: 'Northfield Academy',
  contactRole: 'Data manager',
  feeds: [{ feed: 'school-attendance', columns: feeds['school-attendance'].columns.map(({ name }) => name) }],
  cohort: 'Pupils on roll, reception to year 11',
  purposes: ['Find families who may need support'],
  lawfulBasis: 'Public task: Children Act 2004, section 10',
  frequency: 'termly',
  start: '2026-09-01',
  end: '2028-08-31',
};

const session = '01ARZ3NDEKTSV4RRFFQ69G5FAV~1~1798736400000~v1.x2Q0n0kVn1Jq3T5s9cYbWm8Zr4aLhEoPdGfUiKjMvXw';

/** A request body that works, by operation: what to start from. Every POST with a body has one (a test says so). */
export const requestExamples: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>> = {
  createAgreement: {
    summary: 'A school’s agreement about attendance',
    value: { reference: 'DSA-2026-014', agency: 'northfield-academy', ...terms },
  },
  editAgreement: { summary: 'The same, about fewer pupils', value: { ...terms, cohort: 'Pupils in years 7 to 11' } },
  endAgreement: { summary: 'The school shares no more', value: { reason: 'The school has joined another authority.' } },
  createChase: {
    summary: 'The school was rung about the autumn term',
    value: { feed: 'school-attendance', periodEnd: '2026-12-31', note: 'Rang the office; they send it this week.' },
  },
  createLink: {
    summary: 'A link for a school’s attendance of the autumn term',
    value: {
      agreementId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
      feed: 'school-attendance',
      periodStart: '2026-09-01',
      periodEnd: '2026-12-18',
      expiresAt: '2026-12-31T17:00:00Z',
    },
  },
  openLink: {
    summary: 'What stands behind the # of the link, and its code',
    value: { token: 'x2Q0n0kVn1Jq3T5s9cYbWm8Zr4aLhEoPdGfUiKjMvXw', code: '4821 9034' },
  },
  createGrant: {
    summary: 'A file of 1,024 bytes',
    value: { session, sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', size: 1024, contentType: 'text/csv' },
  },
  readPortalUploads: { summary: 'The first page of the link’s uploads', value: { session, limit: 25 } },
  withdrawPortalUpload: { summary: 'The wrong file was sent', value: { session, uploadId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' } },
  readPortalReceipt: { summary: 'Proof that the file came', value: { session, uploadId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' } },
  verifyReceipt: {
    summary: 'A partner shows the receipt of a file',
    value: {
      receipt: {
        kind: 'receipt-for-a-file',
        version: 1,
        reference: 'SF-7Q4M-2XPT',
        uploadId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
        council: 'Exampleshire Council',
        sender: 'Northfield Academy',
        senderRole: 'Data manager',
        feed: 'school-roll',
        feedVersion: 1,
        agreement: 'DSA-2026-014',
        agreementVersion: 1,
        periodStart: '2026-09-01',
        periodEnd: '2026-12-18',
        sentAt: '2026-11-23T09:00:00.000Z',
        issuedAt: '2026-11-23T09:00:30.000Z',
        file: { size: 2048, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
      },
      signature: {
        algorithm: 'ECDSA_SHA_256',
        keyId: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        value: 'MEUCIQDv1IsqzLapIRUZAr30p0xnPGWKc3hYMbwzX1QOrZCZzQIgNfKP6B3N0HqH4mMtL2zMbZz1lZ9hWgYJcIXKMiVqRQE=',
      },
    },
  },
  createNilReturn: { summary: 'Nothing happened in the period', value: { session } },
  withdrawUpload: { summary: 'The partner sent another school’s pupils', value: { reason: 'It is another school’s file.' } },
  releaseUpload: { summary: 'Fewer rows than usual, and rightly', value: { reason: 'Year 11 has left.' } },
  sendUploadBack: { summary: 'Another school’s pupils', value: { reason: 'It is the roll of another school.' } },
  createReferral: {
    summary: 'One person nominated under one heading',
    value: {
      agency: 'northfield-academy',
      feed: 'professional-referral',
      agreement: 'DSA-2026-014',
      row: {
        nomination_ref: 'NOM-26-0007',
        referral_date: '20/11/2026',
        forename: 'Aoife',
        surname: 'Example',
        dob: '09/03/2015',
        postcode: 'L36 9GL',
        h2: 'Y',
      },
    },
  },
  proposeReview: {
    summary: 'Two people who look like one',
    value: { first: '01ARZ3NDEKTSV4RRFFQ69G5FAV', second: '01BX5ZZKBKACTAV9WEVGEMMVRZ' },
  },
  decideReview: {
    summary: 'They are one person',
    value: { answer: 'same', reason: 'The school confirmed that both rows are one pupil.' },
  },
  approveJudgement: { summary: 'A second person agrees', value: { answer: 'approve', reason: 'I have looked at both and agree.' } },
  undoJudgement: { summary: 'It was wrong', value: { reason: 'The mother says that they are two cousins.' } },
  splitPerson: {
    summary: 'One row is about somebody else',
    value: { rows: [{ rowId: 'v1.0a1b2c3d', subject: 'pupil' }], reason: 'The row is about the twin brother.' },
  },
  proposeRuleSet: {
    summary: 'The council asks for four suspensions instead of three',
    value: {
      kind: 'plan',
      plan: {
        id: 'knowsley-six-headings',
        version: '2027-04-01',
        council: 'Knowsley',
        over: { id: 'knowsley-six-headings', version: '2021-04-01' },
        changes: {
          'P2.H2.2': {
            question: 'Has a child been suspended four times or more in the last three completed terms?',
            says: {
              met: 'A child in this family was suspended four times or more in the last three completed terms.',
              notMet: 'No child in this family was suspended four times in the last three completed terms.',
              cannotTell: 'We cannot tell how often children in this family were suspended.',
            },
            ways: [
              {
                facts: [{ kind: 'exclusion', where: { category: 'suspension' } }],
                measure: { kind: 'count', of: 'days', per: 'person', atLeast: 4 },
                lookBack: { unit: 'terms', count: 3 },
                feeds: ['suspensions'],
                silence: { means: 'register' },
              },
            ],
            citation: { source: 'Outcomes Plan 2027, section 4', confidence: 'local' },
          },
        },
        adds: [],
        leavesOut: [],
        period: {
          effectiveFrom: '2027-04-01',
          because: 'The Outcomes Plan of 2027',
          citation: { source: 'Outcomes Plan 2027', confidence: 'local' },
        },
      },
    },
  },
  signOffCriterion: {
    summary: 'The head of early help answers for one criterion',
    value: { criterionId: 'P2.H5.4', name: 'A. Manager', office: 'Head of Early Help' },
  },
  approveRuleSet: {
    summary: 'The text with this hash, as it was read',
    value: { sha256: '0f343b0931126a20f133d67c2b018a3b0f343b0931126a20f133d67c2b018a3b' },
  },
  askWhatIf: {
    summary: 'What would the draft of April 2027 mean?',
    value: { kind: 'version', id: 'knowsley-six-headings', version: '2027-04-01' },
  },
  retireRuleSet: { summary: 'The draft is not wanted', value: { because: 'The panel decided to keep three suspensions.' } },
  decideFamily: {
    summary: 'The family is offered help',
    value: { answer: 'accept', reason: 'School and health visitor agree that the family wants help.', determinationVersion: 3 },
  },
  recordFact: {
    summary: 'A whole-family assessment',
    value: {
      fact: { kind: 'assessment', on: '2026-11-02', personIds: ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '01BX5ZZKBKACTAV9WEVGEMMVRZ'] },
      shared: true,
    },
  },
  proposeClaim: {
    summary: 'Significant and sustained progress',
    value: { familyId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', kind: 'significant-and-sustained-progress' },
  },
  auditClaim: {
    summary: 'Everything is in order',
    value: { answer: 'approve', reason: 'Assessment, plan and school figures seen; all in order.' },
  },
  withdrawClaim: { summary: 'It was too early', value: { reason: 'A row came in late; we look again in spring.' } },
  drawClaimSample: {
    summary: 'One in ten of a quarter’s claims',
    value: { from: '2026-10-01', to: '2027-01-01', percent: 10, seed: 20261101 },
  },
  replayDeadLetters: { summary: 'Everything, once the cause is gone', value: { reason: 'Release 41 reads these rows again.' } },
  searchPeople: { summary: 'By name and birth date', value: { forename: 'Aoife', surname: 'Example', birthDate: '2015-03-09' } },
};

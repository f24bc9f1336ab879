/** A request body that works, by operation: what to start from. Every POST with a body has one (a test says so). */
export const requestExamples: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>> = {
  createLink: {
    summary: 'A link for a school’s roll of the autumn term',
    value: {
      agency: 'northfield-academy',
      agencyName: 'Northfield Academy',
      feed: 'school-roll',
      agreement: {
        reference: 'DSA-2026-014',
        purpose: 'Find families who may need support',
        lawfulBasis: 'Public task: Children Act 2004, section 10',
      },
      contactRole: 'Data manager',
      periodStart: '2026-09-01',
      periodEnd: '2026-12-18',
      expiresAt: '2026-12-31T17:00:00Z',
    },
  },
  openLink: { summary: 'What stands behind the # of the link', value: { token: 'x2Q0n0kVn1Jq3T5s9cYbWm8Zr4aLhEoPdGfUiKjMvXw' } },
  createGrant: {
    summary: 'A file of 1,024 bytes',
    value: {
      token: 'x2Q0n0kVn1Jq3T5s9cYbWm8Zr4aLhEoPdGfUiKjMvXw',
      sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
      size: 1024,
      contentType: 'text/csv',
    },
  },
  readPortalUploads: {
    summary: 'The first page of the link’s uploads',
    value: { token: 'x2Q0n0kVn1Jq3T5s9cYbWm8Zr4aLhEoPdGfUiKjMvXw', limit: 25 },
  },
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
  searchPeople: { summary: 'By name and birth date', value: { forename: 'Aoife', surname: 'Example', birthDate: '2015-03-09' } },
};

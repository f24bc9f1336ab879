/**
 * From where on a file is held. Set so that what a school year, a holiday or a new intake does to a feed flows, and what a
 * wrong export does is stopped: held wrongly, a file costs a day; let through wrongly, it costs a withdrawal.
 */
export const weighingThresholds = {
  fewestFiles: { at: 2, because: 'One earlier file says nothing about what is usual.' },
  mostFiles: { at: 12, because: 'A year of monthly files: what was usual before that no longer is.' },
  fewestRows: { at: 30, because: 'A handful of rows differs from the next handful by chance.' },
  fewestFilesForVolume: { at: 3, because: 'Two files have no middle.' },
  snapshotVolume: { at: 1.6, because: 'A snapshot has nearly everybody again: a year group more or less is a quarter, not a half.' },
  incrementVolume: { at: 3, because: 'Events come in waves: twice as many in a month is not unheard of.' },
  fewestRowsMoreOrLess: { at: 30, because: 'A small feed doubles with one class.' },
  shareOfUsualKnown: { at: 0.5, because: 'A new intake brings a fifth of new people at most; half unknown is another file.' },
  usualKnownAtLeast: { at: 0.3, because: 'Where most people are new in every file, one more says nothing.' },
  endedOfLast: {
    at: 0.5,
    because: 'A leaving year is a fifth of a school, and a month’s tenants a tenth: whoever loses half has sent a part.',
  },
  outsidePeriod: { at: 0.25, because: 'Single late rows are refused by themselves; a quarter of them is the wrong period.' },
  swapped: { at: 0.25, because: 'Single rows are corrected at their source; a quarter of them is a column chosen wrongly.' },
  fewestSwapped: { at: 10, because: 'A few people do have their names put right.' },
  fewestBirths: { at: 40, because: 'That 40 people are all born before the 13th happens once in 10¹⁶ files.' },
  otherShape: { at: 0.5, because: 'Half of a column looking unlike itself is another column.' },
  otherAges: { at: 0.4, because: 'A year group moves a seventh of a school between bands; two fifths are another school.' },
  outsideCohort: { at: 0.1, because: 'Some move away or turn sixteen before a system knows; a tenth does not.' },
  fewestOutsideCohort: { at: 10, because: 'Single people outside are for the agency to explain, not for the whole file to wait.' },
} as const satisfies Record<string, { readonly at: number; readonly because: string }>;

/** One in two thousand files would be below by chance alone. */
export const certainty = 3.3;

import type { ExplanationView, HistoryView, StayView } from '../../contracts/http/review-routes.ts';
import { feedTitles } from '../../domain/eligibility/feed-titles.ts';
import type { Purpose, Role } from '../../domain/access/access.ts';
import { daysLater } from '../../domain/calendar/days.ts';
import { explainRow, reasonText } from '../../domain/people/explain-assignment.ts';
import { staysAt, staysOf, type Stay } from '../../domain/people/person-history.ts';
import type { PersonProfile } from '../../domain/people/person-profile.ts';
import type { Clock } from '../clock.ts';
import type { JudgementRepository } from '../judgements/judgement-repository.ts';
import { findPerson } from '../judgements/split-person.ts';
import { Refusal } from '../refusal.ts';
import { restrictedDetail, visibleTo } from './visible-records.ts';

export interface PersonHistoryPorts {
  readonly judgements: JudgementRepository;
  readonly clock: Clock;
}

interface Asked {
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly purpose: Purpose;
}

/** A restriction stops every use but telling the person themself what is held. */
const isClosed = ({ restriction }: Pick<PersonProfile, 'restriction'>, purpose: Purpose): boolean =>
  restriction !== undefined && purpose !== 'subject-request';

interface Told<View> {
  readonly view: View;
  readonly version: number;
  readonly subjects: readonly string[];
}

const toView = (stay: Stay): StayView => {
  const { rowId, subject, agency, feed, uploadId, row, from, to, assignment, endedBy } = stay;
  return {
    rowId,
    subject,
    agency,
    feed,
    uploadId,
    row,
    from,
    ...(to !== undefined && { to }),
    because: assignment.because,
    says: `It was taken to be about this person because ${reasonText(assignment)}.`,
    ...(assignment.judgement !== undefined && { judgementId: assignment.judgement.judgementId }),
    ...(endedBy !== undefined && { endedBy: { ...endedBy.movedBy, ...(endedBy.to !== undefined && { personId: endedBy.to }) } }),
  };
};

const notYet = {
  pointer: '/query/on',
  code: 'date-in-future',
  message: 'That day has not come yet.',
  fix: 'Give today or an earlier day, or leave it out for everything that is known.',
};

/** Who was in this person at the end of a day (or ever), and why: one query of the person. */
export const readPersonHistory = async (
  ports: PersonHistoryPorts,
  { personId, roles, purpose, on }: Asked & { readonly on?: string | undefined },
): Promise<Told<HistoryView>> => {
  if (on !== undefined && on > ports.clock.today()) throw new Refusal('invalid-request', { errors: [notYet] });
  const { profile, records, departures } = await findPerson(ports, personId);
  const all = staysOf(records, departures);
  const asked = on === undefined ? all : staysAt(all, `${daysLater(on, 1)}T00:00:00.000Z`);
  const { visible, withheld } = isClosed(profile, purpose) ? { visible: [], withheld: asked.length } : visibleTo(roles, asked);
  return {
    view: {
      personId,
      ...(on !== undefined && { on }),
      ...(profile.redirect !== undefined && { redirectsTo: profile.redirect.to }),
      items: visible.map(toView),
      withheld,
    },
    version: profile.version,
    subjects: [personId, ...(profile.redirect === undefined ? [] : [profile.redirect.to])],
  };
};

const mostRedirects = 10;

/** The person, or whom their id leads to. */
const follow = async (ports: PersonHistoryPorts, personId: string) => {
  let person = await findPerson(ports, personId);
  for (let step = 0; person.profile.redirect !== undefined && step < mostRedirects; step++) {
    person = await findPerson(ports, person.profile.redirect.to);
  }
  return person;
};

/** Why these rows are one person, in words for whoever asks what is held about them. */
export const explainPerson = async (ports: PersonHistoryPorts, { personId, roles, purpose }: Asked): Promise<Told<ExplanationView>> => {
  const { profile, records, departures } = await follow(ports, personId);
  const stays = staysOf(records, departures);
  const closed = isClosed(profile, purpose);
  const told = (some: readonly Stay[]) => (closed ? { visible: [], withheld: some.length } : visibleTo(roles, some));
  const { visible, withheld } = told(stays.filter(({ to }) => to === undefined));
  const past = told(stays.filter(({ to }) => to !== undefined)).visible;
  const view: ExplanationView = {
    personId: profile.personId,
    asAt: ports.clock.now(),
    title: 'Why these rows are taken to be about one person',
    paragraphs: [
      ...(closed ? [restrictedDetail] : []),
      ...(profile.personId === personId
        ? []
        : ['The person asked about was found to be the person explained here: all rows were put together.']),
      'The council is sent files by schools, health services, the police and other organisations. Each row is kept as it was sent. Rows are put together as one person only for the reasons given here, and can be taken apart again.',
      `${count(visible.length, 'row is', 'rows are')} taken to be about this person${withheld > 0 ? `, and ${count(withheld, 'more row is', 'more rows are')} not shown to this reader` : ''}.`,
      'No score of any person or family is made. Where a computer compared a row, only whether it is about the same person was asked.',
      'If you think that a row is about somebody else, tell the council: a member of staff will look at it, and every decision can be undone.',
    ],
    rows: visible.map(({ rowId, subject, agency, feed, row, uploadId, from, assignment }) => ({
      rowId,
      subject,
      agency,
      feed,
      feedTitle: feedTitles[feed],
      row,
      uploadId,
      since: from,
      says: explainRow({ agency, feed, row }, assignment),
    })),
    corrections: past.flatMap(({ to, endedBy, agency, feed, row }) =>
      to === undefined || endedBy === undefined || !('judgementId' in endedBy.movedBy)
        ? []
        : [
            {
              at: to,
              judgementId: endedBy.movedBy.judgementId,
              says:
                endedBy.to === profile.personId
                  ? `A member of staff looked at row ${String(row)} of a file about ${feedTitles[feed]} from ${agency} again.`
                  : `Row ${String(row)} of a file about ${feedTitles[feed]} from ${agency} was found to be about somebody else.`,
            },
          ],
    ),
    withheld,
  };
  return { view, version: profile.version, subjects: [...new Set([personId, profile.personId])] };
};

const count = (number: number, one: string, many: string): string => `${String(number)} ${number === 1 ? one : many}`;

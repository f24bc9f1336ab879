import { describe, expect, it } from 'vitest';
import { feedQueries } from '#shared/contracts/files/checking/feed-queries.ts';
import { feeds } from '#shared/contracts/files/feeds.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import { accepted, autumn } from './feed-rows.ts';

const queriesOf = (id: FeedId, cells: Readonly<Record<string, string>>) => {
  // Only rows that are taken are asked about.
  accepted(id, cells);
  return feedQueries(
    feeds[id],
    autumn,
  )(new Map(Object.entries({ ...feeds[id].exampleRow, ...cells }))).map(({ column, code }) => [column, code]);
};

describe('A row that is odd rather than wrong is taken, and asked about', () => {
  it.each([
    ['school-roll', { dob: '09/03/2003' }, [['dob', 'query-age-of-pupil']]],
    ['school-roll', { dob: '01/01/2005' }, []],
    ['school-roll', { dob: '31/12/2022' }, []],
    ['suspensions', { sessions: '31' }, [['sessions', 'query-long-suspension']]],
    ['suspensions', { sessions: '30' }, []],
    [
      'school-attendance',
      { sess_possible: '0', sess_authorised: '0', sess_unauthorised: '0', sess_overall: '' },
      [['sess_possible', 'query-no-sessions']],
    ],
    ['school-attendance', { sess_possible: '161' }, [['sess_possible', 'query-many-sessions']]],
    ['school-attendance', { sess_possible: '160' }, []],
    ['housing-arrears', { arrears_weeks: '0' }, [['arrears_weeks', 'query-arrears-of-nothing']]],
    ['housing-arrears', { arrears_status: 'Closed', arrears_weeks: '3' }, [['arrears_weeks', 'query-arrears-not-open']]],
    ['housing-arrears', { arrears_weeks: '1' }, []],
  ] as const)('%s %o', (feed, cells, expected) => {
    expect(queriesOf(feed, cells)).toEqual(expected);
  });

  it.each(Object.values(feeds))('$id: nothing is asked about its example', ({ id }) => {
    expect(queriesOf(id, {})).toEqual([]);
  });
});

import type { Fact } from '../people/fact.ts';
import { inWords } from '../calendar/days.ts';
import { schoolYearOf, termTitle } from './term-calendar.ts';

const plural = (count: number, one: string, many: string): string => `${String(count)} ${count === 1 ? one : many}`;

const since = (fact: Fact): string =>
  fact.to === undefined ? `since ${inWords(fact.from)}` : `from ${inWords(fact.from)} until before ${inWords(fact.to)}`;

const roles = { suspect: 'as suspect', victim: 'as victim', witness: 'as witness', subject: 'as subject' } as const;
const abuse = {
  victim: 'Victim of domestic abuse',
  perpetrator: 'Named as responsible for domestic abuse',
  'child-affected': 'Child affected by domestic abuse',
} as const;

/** What a row says, in the words of the field; no name, address or identifier. */
export const describeFact = (fact: Fact): string => {
  const on = `on ${inWords(fact.from)}`;
  switch (fact.kind) {
    case 'school-enrolment':
      return fact.status === 'enrolled' ? `On a school roll ${since(fact)}` : `Left a school roll ${on}`;
    case 'school-attendance': {
      const schoolYear = schoolYearOf(fact.academicYear);
      const when = schoolYear === undefined ? `${fact.term} term ${fact.academicYear}` : termTitle({ schoolYear, term: fact.term });
      return `${plural(fact.sessionsUnauthorised, 'session', 'sessions')} of ${String(fact.sessionsPossible)} missed without permission in the ${when}`;
    }
    case 'exclusion':
      return fact.category === 'permanent'
        ? `Permanently excluded ${on}`
        : `Suspended ${on} (${plural(fact.sessions, 'session', 'sessions')})`;
    case 'police-incident': {
      const what = fact.domesticAbuse ? 'domestic abuse incident' : fact.antisocialBehaviour ? 'antisocial behaviour incident' : 'incident';
      return `Police ${what} ${on}, ${roles[fact.role]}`;
    }
    case 'proven-offence':
      return `Proven offence ${on}`;
    case 'youth-justice-order':
      return `Youth justice order ${since(fact)}`;
    case 'out-of-work-benefit':
      return `Gets an out-of-work benefit ${since(fact)}`;
    case 'employment':
      return `In work ${since(fact)}`;
    case 'rent-arrears':
      return `Behind with the rent ${since(fact)}${fact.noticeServed ? ', notice served' : ''}`;
    case 'eviction-action':
      return `Eviction action ${since(fact)}`;
    case 'homelessness-duty':
      return `Owed a homelessness duty (${fact.duty}) ${since(fact)}`;
    case 'early-help-episode':
      return `Open to early help ${since(fact)}`;
    case 'child-in-need':
      return `Child in need ${since(fact)}`;
    case 'child-protection-plan':
      return `Child protection plan ${since(fact)}`;
    case 'domestic-abuse':
      return `${abuse[fact.role]}, recorded ${on}${fact.repeat ? ', repeat case' : ''}`;
    case 'child-health-concern':
      return `Health or development concern ${since(fact)}`;
    case 'mental-health-need':
      return `Mental health treatment ${since(fact)}`;
    case 'substance-misuse-need':
      return `Drug or alcohol treatment ${since(fact)}`;
    case 'expecting-a-child':
      return `Expecting a child ${since(fact)}`;
    case 'nominated-need':
      return `Nominated by a professional ${on}`;
  }
};

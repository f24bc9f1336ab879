import { everybodyEverIn, familySeen, isCurrent, type Family } from '#shared/domain/families/family.ts';
import type { CoveredPeriod } from '#shared/domain/eligibility/family-evidence.ts';
import { knowsleySixHeadings } from '#shared/domain/eligibility/plans/knowsley-six-headings.ts';
import type { Role } from '#shared/domain/access/access.ts';
import { withKeys } from '#shared/domain/matching/match-keys.ts';
import { assembleView } from '#shared/domain/people/assemble-profile.ts';
import type { PersonRecord } from '#shared/domain/people/person-record.ts';
import { keyedHash } from '#shared/platform/keyed-hash.ts';
import { determinationSummaries } from '#shared/services/determinations/read-determinations.ts';
import { decideChanges } from '#shared/services/families/decide-changes.ts';
import type { FamilySummary, HeldDetermination } from '#shared/services/families/family-repository.ts';
import { eligibilityView, familyView, summaryView, type HeldFamily } from '#shared/services/families/family-views.ts';
import type { HeldPerson } from '#shared/services/families/held-people.ts';

const hash = keyedHash(new Uint8Array(32).fill(7), 1);

/** Families in memory, decided by the very functions that the worker and the API use, with nothing between. */
export class FamilyWorld {
  readonly #today: string;
  #people = new Map<string, HeldPerson>();
  #protectedHomes = new Set<string>();
  readonly #families = new Map<string, Family>();
  readonly #held = new Map<string, HeldDetermination>();
  readonly #versions = new Map<string, HeldDetermination[]>();
  readonly #lists = { whole: new Map<string, FamilySummary>(), limited: new Map<string, FamilySummary>() };
  #ids = 0;

  constructor(today: string) {
    this.#today = today;
  }

  /** The files say this and nothing else, from `now` on. */
  assess(records: readonly PersonRecord[], coverage: readonly CoveredPeriod[], now: string): void {
    const before = [...this.#families.values()];
    const ids = [...new Set([...records.map(({ personId }) => personId), ...this.#people.keys()])].toSorted();
    this.#people = new Map(
      ids.map((personId) => {
        const own = records.filter((record) => record.personId === personId);
        const view = withKeys(hash, assembleView(own, '2040-01-01'), this.#today);
        const familyIds = before.flatMap((family) => (everybodyEverIn(family).includes(personId) ? [family.familyId] : []));
        return [personId, { profile: { ...view, personId, version: 1 }, records: own, home: undefined, familyIds, boundUntil: new Map() }];
      }),
    );
    const sightings = [...this.#people.values()].flatMap(({ profile }) => profile.addresses);
    this.#protectedHomes = new Set(sightings.flatMap((sighting) => (sighting.protected ? sighting.protectedHomes : [])));
    const changes = decideChanges(
      {
        touched: new Set(ids),
        neighbourhood: { people: this.#people, crowded: new Set(), protectedHomes: this.#protectedHomes, edge: new Set() },
        families: before,
        held: [...this.#held.values()],
        notes: new Map(),
        ruleSet: knowsleySixHeadings,
        coverage,
        assessedOn: () => undefined,
        hash,
        now,
        today: this.#today,
      },
      () => `01ARZ3NDEKTSV4RRFFQ${String((this.#ids += 1)).padStart(7, '0')}`,
    );
    for (const { next, determined, withdrawn } of changes) {
      this.#families.set(next.familyId, next);
      if (determined) {
        this.#held.set(next.familyId, determined.held);
        this.#versions.set(next.familyId, [...(this.#versions.get(next.familyId) ?? []), determined.held]);
        for (const visibility of ['whole', 'limited'] as const) {
          const summary = determined.summaries[visibility];
          if (summary === undefined) this.#lists[visibility].delete(next.familyId);
          else this.#lists[visibility].set(next.familyId, summary);
        }
      }
      if (withdrawn || !isCurrent(next)) {
        this.#held.delete(next.familyId);
        for (const list of Object.values(this.#lists)) list.delete(next.familyId);
      }
    }
  }

  /** Everything that a role is answered about families: list, families, eligibility, with ETags; as it goes over the wire. */
  answers(role: Role): string {
    const reader = { roles: [role], today: this.#today };
    const visibility = role === 'lead-practitioner' ? 'limited' : 'whole';
    const list = [...this.#lists[visibility]].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, summary]) => summaryView(summary));
    const families = [...this.#families.values()]
      .toSorted((a, b) => (a.familyId < b.familyId ? -1 : 1))
      .map((family): HeldFamily => {
        const people = new Map(
          everybodyEverIn(family).flatMap((id) => [this.#people.get(id) ?? []].flat().map((each) => [id, each] as const)),
        );
        const { notAsked } = knowsleySixHeadings;
        return { family, held: this.#held.get(family.familyId), people, protectedHomes: this.#protectedHomes, notAsked };
      });
    return JSON.stringify({
      list,
      families: families.flatMap((family) => familyView(family, reader) ?? []),
      history: families.flatMap(({ family, held }) => (familySeen(family, visibility) ? this.#history(visibility, held) : [])),
      eligibility: families.flatMap((family) => eligibilityView(family, reader) ?? []),
    });
  }

  #history(visibility: 'whole' | 'limited', held: HeldDetermination | undefined) {
    const versions = this.#versions.get(held?.familyId ?? '') ?? [];
    const own = visibility === 'whole' ? versions : versions.filter(({ version }) => held?.limitedSince.includes(version));
    return determinationSummaries([...new Map(own.map((each) => [each.version, each])).values()].toReversed(), visibility);
  }

  /** How many families there are to a reader, for tests that must not be about none. */
  count(visibility: 'whole' | 'limited'): number {
    return [...this.#families.values()].filter((family) => familySeen(family, visibility)?.state === 'current').length;
  }
}

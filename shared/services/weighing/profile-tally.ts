import type { RowProblem } from '../../contracts/files/feed-definition.ts';
import { ageInYears } from '../../domain/calendar/calendar-date.ts';
import { dayOf } from '../../domain/calendar/days.ts';
import type { Mention } from '../../domain/people/mention.ts';
import type { CohortLimits } from '../../domain/uploads/sharing-agreement.ts';
import { ageBandOf, ageBands, cellShapes, shapeOf, type FileProfile } from '../../domain/uploads/weighing/file-profile.ts';

/** Where another column's values would be read without complaint. */
const comparedColumns = /(?:name|address_line_\d|town)$/;
const schoolColumn = 'estab_no';

type Counted = Pick<FileProfile, 'rows' | 'faulty' | 'outsidePeriod' | 'births' | 'ages' | 'columns' | 'cohort'>;

/** Counts a file's rows as they come; keeps none of them. */
export class ProfileTally {
  rows = 0;
  readonly #limits: CohortLimits;
  readonly #periodEnd: string;
  #faulty = 0;
  #outsidePeriod = 0;
  readonly #births = { dated: 0, afterTwelfth: 0 };
  readonly #ages = ageBands.map(() => 0);
  readonly #columns = new Map<string, number[]>();
  readonly #cohort = { ages: { of: 0, outside: 0 }, postcodes: { of: 0, outside: 0 }, schools: { of: 0, outside: 0 } };

  constructor(limits: CohortLimits, periodEnd: string) {
    this.#limits = limits;
    this.#periodEnd = periodEnd;
  }

  addCells(cells: ReadonlyMap<string, string>): void {
    for (const [name, text] of cells) {
      if (!comparedColumns.test(name)) continue;
      const shapes = this.#columns.get(name) ?? cellShapes.map(() => 0);
      shapes[shapeOf(text)] = (shapes[shapeOf(text)] ?? 0) + 1;
      this.#columns.set(name, shapes);
    }
    const school = cells.get(schoolColumn)?.replace('/', '');
    const { schools } = this.#limits;
    if (schools !== undefined && school !== undefined && school !== '') tally(this.#cohort.schools, schools.includes(school));
  }

  addFaulty(problems: readonly RowProblem[]): void {
    this.rows += 1;
    this.#faulty += 1;
    if (problems.some(({ code }) => code === 'date-outside-period')) this.#outsidePeriod += 1;
  }

  addGood(mentions: readonly Mention[]): void {
    this.rows += 1;
    for (const { details } of mentions) {
      if (details.birthDate !== undefined && details.birthDateEstimated !== true) this.#addBirth(details.birthDate);
      const { postcodes } = this.#limits;
      const postcode = details.address?.postcode;
      if (postcodes !== undefined && postcode !== undefined && details.addressProtected !== true) {
        tally(
          this.#cohort.postcodes,
          postcodes.some((part) => postcode.startsWith(part.includes(' ') ? part : `${part} `)),
        );
      }
    }
  }

  result(): Counted {
    return {
      rows: this.rows,
      faulty: this.#faulty,
      outsidePeriod: this.#outsidePeriod,
      births: this.#births,
      ages: this.#ages,
      columns: Object.fromEntries(this.#columns),
      cohort: this.#cohort,
    };
  }

  #addBirth(birthDate: string): void {
    const age = ageInYears(dayOf(birthDate), dayOf(this.#periodEnd));
    const band = ageBandOf(age);
    if (band >= 0) this.#ages[band] = (this.#ages[band] ?? 0) + 1;
    const day = Number(birthDate.slice(8));
    // The first stands for a day that nobody knows.
    if (day > 1) this.#births.dated += 1;
    if (day > 12) this.#births.afterTwelfth += 1;
    const { ages } = this.#limits;
    if (ages !== undefined) tally(this.#cohort.ages, age >= ages.from && age <= ages.to);
  }
}

const tally = (counts: { of: number; outside: number }, isInside: boolean): void => {
  counts.of += 1;
  if (!isInside) counts.outside += 1;
};

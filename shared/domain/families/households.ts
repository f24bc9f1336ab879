/** Disjoint sets of people. */
export class Households {
  readonly #over = new Map<string, string>();

  constructor(personIds: readonly string[]) {
    for (const id of personIds) this.#over.set(id, id);
  }

  /** The same for everybody of one household. */
  of(personId: string): string {
    let at = personId;
    for (let over = this.#over.get(at); over !== undefined && over !== at; over = this.#over.get(at)) at = over;
    return at;
  }

  join(a: string, b: string): void {
    const [first, second] = [this.of(a), this.of(b)].toSorted();
    if (first !== undefined && second !== undefined) this.#over.set(second, first);
  }

  areTogether(a: string, b: string): boolean {
    return this.of(a) === this.of(b);
  }

  groups(): string[][] {
    const groups = new Map<string, string[]>();
    for (const id of [...this.#over.keys()].toSorted()) groups.set(this.of(id), [...(groups.get(this.of(id)) ?? []), id]);
    return [...groups.values()];
  }
}

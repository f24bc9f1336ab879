/** A condition of a write as data: compiled with placeholders, so that no attribute name can be a reserved word. */
export type Condition =
  | { readonly kind: 'absent' | 'exists'; readonly path: string }
  | { readonly kind: 'compare'; readonly path: string; readonly operator: '=' | '<' | '<='; readonly value: unknown }
  | { readonly kind: 'one-of'; readonly path: string; readonly values: readonly unknown[] }
  | { readonly kind: 'smaller-than'; readonly path: string; readonly size: number }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] };

export const condition = {
  /** The attribute is not there; of `pk`: the item is not there. */
  absent: (path: string): Condition => ({ kind: 'absent', path }),
  exists: (path: string): Condition => ({ kind: 'exists', path }),
  equals: (path: string, value: unknown): Condition => ({ kind: 'compare', path, operator: '=', value }),
  below: (path: string, value: unknown): Condition => ({ kind: 'compare', path, operator: '<', value }),
  atMost: (path: string, value: unknown): Condition => ({ kind: 'compare', path, operator: '<=', value }),
  oneOf: (path: string, values: readonly unknown[]): Condition => ({ kind: 'one-of', path, values }),
  /** Fewer than `size` members (set, list) or characters. */
  smallerThan: (path: string, size: number): Condition => ({ kind: 'smaller-than', path, size }),
  all: (...of: readonly Condition[]): Condition => ({ kind: 'all', of }),
  any: (...of: readonly Condition[]): Condition => ({ kind: 'any', of }),
  /** The version that was read, or no item where none was found. */
  version: (read: number | undefined): Condition => (read === undefined ? condition.absent('pk') : condition.equals('version', read)),
} as const;

/** Collects the names and values of one request's expressions. Paths are dotted: `checkpoint.chunk`. */
export class ExpressionScope {
  readonly #names = new Map<string, string>();
  readonly #values: unknown[] = [];

  name(path: string): string {
    return path
      .split('.')
      .map((part) => {
        const known = this.#names.get(part) ?? `#n${String(this.#names.size)}`;
        this.#names.set(part, known);
        return known;
      })
      .join('.');
  }

  value(value: unknown): string {
    this.#values.push(value);
    return `:v${String(this.#values.length - 1)}`;
  }

  condition(of: Condition): string {
    switch (of.kind) {
      case 'absent':
        return `attribute_not_exists(${this.name(of.path)})`;
      case 'exists':
        return `attribute_exists(${this.name(of.path)})`;
      case 'compare':
        return `${this.name(of.path)} ${of.operator} ${this.value(of.value)}`;
      case 'one-of':
        return `${this.name(of.path)} IN (${of.values.map((value) => this.value(value)).join(', ')})`;
      case 'smaller-than':
        return `size(${this.name(of.path)}) < ${this.value(of.size)}`;
      case 'all':
        return of.of.map((part) => `(${this.condition(part)})`).join(' AND ');
      case 'any':
        return of.of.map((part) => `(${this.condition(part)})`).join(' OR ');
    }
  }

  /** What the request needs besides its expressions; nothing where there are none (an empty map is refused). */
  attributes(): { ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Record<string, unknown> } {
    return {
      ...(this.#names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries([...this.#names].map(([name, placeholder]) => [placeholder, name])),
      }),
      ...(this.#values.length > 0 && {
        ExpressionAttributeValues: Object.fromEntries(this.#values.map((value, index) => [`:v${String(index)}`, value])),
      }),
    };
  }
}

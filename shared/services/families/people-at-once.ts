/** People assessed in one go are read together with everybody who may be of a family with them: some three times as many. */
export const mostPeopleAtOnce = 400;

/** In their order, `size` at a time. */
export const groupsOf = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

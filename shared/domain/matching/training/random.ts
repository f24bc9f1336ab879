/** From 0 (included) to 1 (not). Seeded by whoever calls, so that training twice gives the same model. */
export type Random = () => number;

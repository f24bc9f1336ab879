/** The time, injected, so that use cases can be held against any day. */
export interface Clock {
  /** ISO 8601 instant in UTC, with milliseconds: `2024-02-29T12:00:00.000Z`. */
  readonly now: () => string;
  /** ISO 8601 date of the council's calendar (Europe/London). */
  readonly today: () => string;
}

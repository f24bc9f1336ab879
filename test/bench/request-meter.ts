import type { CapacityMeter, CapacityUse } from '#shared/store/capacity-meter.ts';

export interface Cost {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** Adds up what the store's own meter says of each request. */
export class RequestMeter implements CapacityMeter {
  #uses: CapacityUse[] = [];

  add = (use: CapacityUse): void => {
    this.#uses.push(use);
  };

  /** What has been asked since the last time this was called. */
  take(): Cost {
    const uses = this.#uses;
    this.#uses = [];
    return {
      requests: uses.length,
      readUnits: uses.reduce((sum, { readUnits }) => sum + readUnits, 0),
      writeUnits: uses.reduce((sum, { writeUnits }) => sum + writeUnits, 0),
    };
  }
}

export const costPer = ({ requests, readUnits, writeUnits }: Cost, count: number): Cost => ({
  requests: requests / count,
  readUnits: readUnits / count,
  writeUnits: writeUnits / count,
});

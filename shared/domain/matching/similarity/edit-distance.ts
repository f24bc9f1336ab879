/** Scratch memory: the last three rows of the table, so nothing is allocated per pair. Grows to the longest text seen. */
let capacity = 64;
let rowBefore = new Int32Array(capacity + 1);
let lastRow = new Int32Array(capacity + 1);
let thisRow = new Int32Array(capacity + 1);

const makeRoom = (length: number): void => {
  if (length <= capacity) return;
  capacity = length * 2;
  rowBefore = new Int32Array(capacity + 1);
  lastRow = new Int32Array(capacity + 1);
  thisRow = new Int32Array(capacity + 1);
};

/**
 * How many letters must be put in, left out, changed or swapped with their neighbour to make one text of the other (optimal
 * string alignment: no letter is edited twice), by UTF-16 unit. Stops as soon as it is more than `max` and then returns
 * `max + 1`: a whole number from 0 to `max + 1`.
 */
export const editDistance = (a: string, b: string, max: number): number => {
  if (a === b) return 0;
  let endA = a.length;
  let endB = b.length;
  while (endA > 0 && endB > 0 && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA -= 1;
    endB -= 1;
  }
  let start = 0;
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  const lengthA = endA - start;
  const lengthB = endB - start;
  const tooFar = max + 1;
  const apart = lengthA > lengthB ? lengthA - lengthB : lengthB - lengthA;
  if (apart > max) return tooFar;
  if (lengthA === 0 || lengthB === 0) return apart;
  makeRoom(lengthB);
  return alignedDistance(a, b, start, lengthA, lengthB, max);
};

/** Fills only the band of the table within `max` of its diagonal. */
const alignedDistance = (a: string, b: string, start: number, lengthA: number, lengthB: number, max: number): number => {
  const tooFar = max + 1;
  for (let j = 0; j <= lengthB; j += 1) lastRow[j] = j <= max ? j : tooFar;
  let previousA = -1;
  for (let i = 1; i <= lengthA; i += 1) {
    const letterA = a.charCodeAt(start + i - 1);
    const from = i > max ? i - max : 1;
    const to = i + max < lengthB ? i + max : lengthB;
    thisRow[from - 1] = from === 1 && i <= max ? i : tooFar;
    let smallest = thisRow[from - 1] ?? tooFar;
    let previousB = from > 1 ? b.charCodeAt(start + from - 2) : -1;
    for (let j = from; j <= to; j += 1) {
      const letterB = b.charCodeAt(start + j - 1);
      let cost = (lastRow[j - 1] ?? tooFar) + (letterA === letterB ? 0 : 1);
      const inserted = (thisRow[j - 1] ?? tooFar) + 1;
      if (inserted < cost) cost = inserted;
      // Beyond the band the row before has no value of its own.
      const removed = j < i + max ? (lastRow[j] ?? tooFar) + 1 : tooFar;
      if (removed < cost) cost = removed;
      if (letterA === previousB && letterB === previousA && letterA !== letterB) {
        const swapped = (rowBefore[j - 2] ?? tooFar) + 1;
        if (swapped < cost) cost = swapped;
      }
      if (cost > tooFar) cost = tooFar;
      thisRow[j] = cost;
      if (cost < smallest) smallest = cost;
      previousB = letterB;
    }
    // A swap reaches back two rows, but never for less than the row between holds already.
    if (smallest > max) return tooFar;
    const spare = rowBefore;
    rowBefore = lastRow;
    lastRow = thisRow;
    thisRow = spare;
    previousA = letterA;
  }
  const distance = lastRow[lengthB] ?? tooFar;
  return distance > max ? tooFar : distance;
};

/** Scratch memory: one thread compares one pair at a time, so nothing is allocated per pair. Grows to the longest text seen. */
let taken = new Int32Array(64);
let matched = new Uint16Array(64);
/** `taken[j] === round` says that the letter is taken in this comparison: no clearing between comparisons. */
let round = 0;

const startRound = (length: number): number => {
  if (length > taken.length) {
    taken = new Int32Array(length * 2);
    matched = new Uint16Array(length * 2);
    round = 0;
  }
  round = round === 0x7fffffff ? 1 : round + 1;
  if (round === 1) taken.fill(0);
  return round;
};

/**
 * Jaro's similarity of two texts, 0 to 1, by UTF-16 unit: letters match within half the longer text's length less one;
 * transpositions are the matched letters out of order, halved and rounded down. A blank text is like nothing, not even
 * another blank one.
 */
export const jaro = (a: string, b: string): number => {
  const lengthA = a.length;
  const lengthB = b.length;
  if (lengthA === 0 || lengthB === 0) return 0;
  if (a === b) return 1;
  const longer = lengthA > lengthB ? lengthA : lengthB;
  const window = longer < 4 ? 0 : (longer >> 1) - 1;
  const own = startRound(longer);
  let matches = 0;
  for (let i = 0; i < lengthA; i += 1) {
    const letter = a.charCodeAt(i);
    const end = i + window < lengthB ? i + window : lengthB - 1;
    for (let j = i > window ? i - window : 0; j <= end; j += 1) {
      if (taken[j] !== own && b.charCodeAt(j) === letter) {
        taken[j] = own;
        matched[matches] = letter;
        matches += 1;
        break;
      }
    }
  }
  if (matches === 0) return 0;
  let outOfOrder = 0;
  for (let j = 0, k = 0; k < matches; j += 1) {
    if (taken[j] !== own) continue;
    if (b.charCodeAt(j) !== matched[k]) outOfOrder += 1;
    k += 1;
  }
  return (matches / lengthA + matches / lengthB + (matches - (outOfOrder >> 1)) / matches) / 3;
};

const prefixScale = 0.1;
const longestPrefix = 4;
/** Winkler's bonus is given only to texts that are alike without it. */
const bonusAbove = 0.7;

/** Jaro's similarity with Winkler's bonus for up to four equal first letters, given above 0.7. 0 to 1, symmetric. */
export const jaroWinkler = (a: string, b: string): number => {
  const similarity = jaro(a, b);
  if (similarity <= bonusAbove || similarity === 1) return similarity;
  const shorter = a.length < b.length ? a.length : b.length;
  const most = shorter < longestPrefix ? shorter : longestPrefix;
  let prefix = 0;
  while (prefix < most && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix += 1;
  return similarity + prefix * prefixScale * (1 - similarity);
};

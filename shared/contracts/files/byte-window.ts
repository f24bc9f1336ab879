/** Enough for the longest row, and as much again to read ahead. */
const capacity = 128 * 1024;
const readAhead = 16 * 1024;

/**
 * The part of a stream that is being looked at, never more than 128 KB of it, however large its chunks are.
 * `start` is moved by the reader as it is done with bytes; `more` makes room and reads on.
 */
export class ByteWindow {
  readonly bytes = new Uint8Array(capacity);
  start = 0;
  end = 0;
  /** The stream has ended: `end` is the end of the file. */
  atEnd = false;
  /** Offset in the file of `bytes[0]`. */
  #base: number;
  #chunk: Uint8Array = new Uint8Array(0);
  #taken = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;

  constructor(chunks: AsyncIterable<Uint8Array>, byteOffset: number) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#base = byteOffset;
  }

  get length(): number {
    return this.end - this.start;
  }

  /** Where in the file the byte at `position` of the window is. */
  offsetOf(position: number): number {
    return this.#base + position;
  }

  /** Reads on until there are some 16 KB more, or the window is full, or the stream ends. */
  async more(): Promise<void> {
    if (this.start > 0) {
      this.bytes.copyWithin(0, this.start, this.end);
      this.#base += this.start;
      this.end -= this.start;
      this.start = 0;
    }
    const wanted = Math.min(capacity, this.end + readAhead);
    while (this.end < wanted && !this.atEnd) {
      if (this.#taken === this.#chunk.length) {
        const next = await this.#chunks.next();
        if (next.done === true) {
          this.atEnd = true;
          return;
        }
        this.#chunk = next.value;
        this.#taken = 0;
      }
      const piece = this.#chunk.subarray(this.#taken, this.#taken + capacity - this.end);
      this.bytes.set(piece, this.end);
      this.end += piece.length;
      this.#taken += piece.length;
    }
  }

  /** Lets the source go: a stream that is not read to its end would keep its connection. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

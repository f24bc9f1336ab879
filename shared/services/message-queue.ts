/** A queue as its senders see it. What is sent arrives at least once, in any order. */
export interface MessageQueue<Message> {
  /** Resolves once all are in the queue; rejects where any of them may not be. */
  readonly send: (messages: readonly Message[]) => Promise<void>;
}

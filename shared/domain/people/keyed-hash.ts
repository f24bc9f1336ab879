/** Turns personal data into a key that says nothing without the secret behind it. */
export interface KeyedHash {
  /**
   * `v1.` and 43 characters base64url: HMAC-SHA256 over the domain and the parts, each with its length, so that neither
   * ('ab','c') and ('a','bc') nor the same words in two domains give the same key.
   */
  readonly hash: (domain: string, ...parts: string[]) => string;
}

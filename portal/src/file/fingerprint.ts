const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

/** SHA-256 of the file's bytes, base64; rejects where the browser can no longer read the file (moved, or open elsewhere). */
export const fingerprint = async (file: Blob): Promise<string> =>
  toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())));

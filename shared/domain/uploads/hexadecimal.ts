/** Base64 → the hexadecimal digits that `sha256sum`, `certutil` and `Get-FileHash` print. */
export const hexadecimal = (base64: string): string =>
  Array.from(atob(base64), (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');

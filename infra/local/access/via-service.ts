/** What a key's use looks like to IAM when a service uses it for the caller. */
export const viaService = (service: string, region: string, account: string): Record<string, string> => ({
  'kms:ViaService': `${service}.${region}.amazonaws.com`,
  'kms:CallerAccount': account,
});

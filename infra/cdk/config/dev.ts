import type { StageConfig } from './stage-config.ts';

/** For trying things out with invented data: cheap, and `cdk destroy` leaves nothing. */
export const dev: StageConfig = {
  stage: 'dev',
  councilName: 'Knowsley Council',
  portalDomain: 'upload.dev.families.example.gov.uk',
  portalCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000001',
  apiDomain: 'api.dev.families.example.gov.uk',
  apiCertificateArn: 'arn:aws:acm:eu-west-2:111122223333:certificate/00000000-0000-4000-8000-000000000002',
  signInDomainPrefix: 'stronger-families-dev',
  signInCallbackUrls: ['https://console.dev.families.example.gov.uk/signed-in'],
  logRetentionDays: 30,
  keepData: false,
  network: { kind: 'none' },
  rollout: 'all-at-once',
  reservedConcurrency: { api: 5, worker: 5 },
};

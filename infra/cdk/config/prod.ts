import type { StageConfig } from './stage-config.ts';

/** Real people's data. Put the council's own account, domains and certificates here before the first deploy. */
export const prod: StageConfig = {
  stage: 'prod',
  councilName: 'Knowsley Council',
  portalDomain: 'upload.families.example.gov.uk',
  portalCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000005',
  apiDomain: 'api.families.example.gov.uk',
  apiCertificateArn: 'arn:aws:acm:eu-west-2:111122223333:certificate/00000000-0000-4000-8000-000000000006',
  signInDomainPrefix: 'stronger-families',
  signInCallbackUrls: ['https://console.families.example.gov.uk/signed-in'],
  alarmEmail: 'families-alerts@example.gov.uk',
  logRetentionDays: 365,
  keepData: true,
  network: { kind: 'isolated', zones: ['eu-west-2a', 'eu-west-2b'], interfaceEndpoints: ['sqs', 'secretsmanager', 'guardduty', 'kms'] },
  rollout: 'canary',
  reservedConcurrency: { api: 20, worker: 10 },
};

import type { StageConfig } from './stage-config.ts';

/** As production, smaller: for rehearsing a release with invented data. */
export const test: StageConfig = {
  stage: 'test',
  councilName: 'Knowsley Council',
  portalDomain: 'upload.test.families.example.gov.uk',
  portalCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000003',
  apiDomain: 'api.test.families.example.gov.uk',
  apiCertificateArn: 'arn:aws:acm:eu-west-2:111122223333:certificate/00000000-0000-4000-8000-000000000004',
  signInDomainPrefix: 'stronger-families-test',
  signInCallbackUrls: ['https://console.test.families.example.gov.uk/signed-in'],
  alarmEmail: 'families-alerts@example.gov.uk',
  logRetentionDays: 90,
  keepData: true,
  network: { kind: 'isolated', zones: ['eu-west-2a', 'eu-west-2b'], interfaceEndpoints: ['sqs', 'secretsmanager', 'guardduty', 'kms'] },
  rollout: 'all-at-once',
  reservedConcurrency: { api: 10, worker: 5 },
};

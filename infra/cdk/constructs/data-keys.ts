import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** One customer key per class of data, so that each can be audited, restricted and, at the end, destroyed by itself. */
export class DataKeys extends Construct {
  readonly records: Key;
  readonly uploads: Key;
  readonly audit: Key;
  readonly quarantine: Key;
  readonly clean: Key;
  readonly secrets: Key;
  /** Queues, logs, alarms, the functions' environments: nothing that outlives a fortnight, except logs. */
  readonly operations: Key;

  /** Signs receipts: its private half never leaves KMS, its public half is given to whoever wants to verify one. */
  readonly receipts: Key;

  constructor(scope: Construct, id: string, props: { readonly stage: string; readonly keep: boolean }) {
    super(scope, id);
    const key = (name: string, description: string): Key =>
      new Key(this, name, {
        alias: `stronger-families/${props.stage}/${name.toLowerCase()}`,
        description,
        enableKeyRotation: true,
        pendingWindow: Duration.days(30),
        removalPolicy: props.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      });
    this.records = key('Records', 'People, families and evidence');
    this.uploads = key('Uploads', 'Upload links and the uploads ledger');
    this.audit = key('Audit', 'Who saw and did what');
    this.quarantine = key('Quarantine', 'Files before they are scanned');
    this.clean = key('Clean', 'Files that passed the scan');
    this.secrets = key('Secrets', 'The keys of the keyed hashes');
    this.operations = key('Operations', 'Queues, logs and alarms');
    this.receipts = new Key(this, 'Receipts', {
      alias: `stronger-families/${props.stage}/receipts`,
      description: 'Signs receipts of files',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      pendingWindow: Duration.days(30),
      removalPolicy: props.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.letServicesUseOperations();
  }

  private letServicesUseOperations(): void {
    const { region } = Stack.of(this);
    const ownAccount = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
    const permit = (sid: string, service: string, actions: readonly string[], conditions: Record<string, Record<string, string>>): void => {
      this.operations.addToResourcePolicy(
        new PolicyStatement({ sid, principals: [new ServicePrincipal(service)], actions: [...actions], resources: ['*'], conditions }),
      );
    };
    permit('EventsIntoQueues', 'events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], ownAccount);
    permit('AlarmsIntoTopic', 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], ownAccount);
    permit(
      'Logs',
      `logs.${region}.amazonaws.com`,
      [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:DescribeKey',
      ],
      { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${region}:${Aws.ACCOUNT_ID}:log-group:*` } },
    );
  }
}

import type { TemplateModel } from '../../template/template-model.ts';
import { type JsonObject, textAt } from '../../json.ts';
import type { CreatedObject, ObjectStore } from '../../object-store/object-store.ts';
import type { HostOptions } from '../host-options.ts';
import type { BucketTemplate } from '../template/settings.ts';
import { findClamScan } from './clam-scan.ts';
import { scanResultDetail, type EventBus } from './event-bus.ts';
import { scanFile, type ScanOutcome } from './malware-check.ts';

export interface ObjectScans {
  /** A new object: scanned where its bucket has a plan for its prefix. */
  readonly onCreated: (object: CreatedObject) => void;
  /** What `SendObjectMalwareScan` names, whatever its prefix; false where there is no such version under a plan. */
  readonly onDemand: (request: JsonObject) => Promise<boolean>;
}

interface Surroundings {
  readonly model: TemplateModel;
  readonly buckets: readonly BucketTemplate[];
  readonly store: () => Pick<ObjectStore, 'fileOf' | 'tag' | 'versionOf'>;
  readonly announce: EventBus['put'];
  readonly background: (work: Promise<unknown>) => void;
  readonly says: HostOptions['scannerSays'];
}

/** GuardDuty's protection plans: scan, tag, tell. By ClamAV where there is one; the check of our own looks at every file besides. */
export const objectScans = async ({ model, buckets, store, announce, background, says }: Surroundings): Promise<ObjectScans> => {
  const clam = await findClamScan();
  const plans = model.ofType('AWS::GuardDuty::MalwareProtectionPlan');
  const tags = plans.some(({ properties }) => textAt(properties, 'Actions', 'Tagging', 'Status') === 'ENABLED');
  const scanned = new Map<string, number>();

  const look = async (file: string): Promise<ScanOutcome> => {
    const own = await scanFile(file);
    return own.status === 'NO_THREATS_FOUND' && clam !== undefined ? clam(file) : own;
  };
  const scan = async (object: Omit<CreatedObject, 'reason'>): Promise<void> => {
    const { bucket, key } = object;
    const times = (scanned.get(key) ?? 0) + 1;
    scanned.set(key, times);
    const said = says?.({ key, times });
    const outcome = said === undefined ? await look(store().fileOf(bucket, key)) : { status: said };
    if (tags) await store().tag(bucket, key, 'GuardDutyMalwareScanStatus', outcome.status);
    const detail = scanResultDetail(object, outcome);
    await announce(
      'aws.guardduty',
      'GuardDuty Malware Protection Object Scan Result',
      plans.map(({ arn }) => arn),
      detail,
    );
  };
  return {
    onCreated: (object) => {
      const prefixes = buckets.find(({ name }) => name === object.bucket)?.scannedPrefixes ?? [];
      if (prefixes.some((prefix) => object.key.startsWith(prefix))) background(scan(object));
    },
    onDemand: async (request) => {
      const [bucket = '', key = '', versionId] = ['bucket', 'key', 'versionId'].map((name) => textAt(request, 's3Object', name));
      const isProtected = buckets.some(({ name, scannedPrefixes }) => name === bucket && scannedPrefixes.length > 0);
      const version = isProtected ? await store().versionOf(bucket, key) : undefined;
      if (version === undefined || (versionId !== undefined && versionId !== version.versionId)) return false;
      background(scan({ ...version, bucket, key }));
      return true;
    },
  };
};

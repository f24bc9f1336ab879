import { App, Duration, Stack, Tags, type AppProps } from 'aws-cdk-lib';
import type { StageConfig } from './config/stage-config.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';
import { MonitoringStack } from './stacks/monitoring-stack.ts';
import { NetworkStack } from './stacks/network-stack.ts';
import { PortalStack } from './stacks/portal-stack.ts';
import { ServicesStack } from './stacks/services-stack.ts';

export interface SystemProps {
  readonly config: StageConfig;
  /** Seconds, at most 900. */
  readonly ingestTimeoutSeconds: number;
  /** The built upload page. */
  readonly pageFolder: string;
}

/** Where all data is kept and worked on. */
const region = 'eu-west-2';

/** The whole system on one page: which stack there is, and what each gets from the others. */
export const addSystem = (app: App, { config, ingestTimeoutSeconds, pageFolder }: SystemProps): void => {
  const account = config.account === undefined ? {} : { account: config.account };
  const named = (name: string): { stackName: string; env: { region: string; account?: string } } => ({
    stackName: `stronger-families-${config.stage}-${name}`,
    env: { region, ...account },
  });

  const data = new DataStack(app, 'Data', { ...named('data'), config, description: 'Tables, files, keys, secrets, staff: kept' });
  const network =
    config.network.kind === 'isolated'
      ? new NetworkStack(app, 'Network', {
          ...named('network'),
          config,
          network: config.network,
          data,
          queueNames: `${named('services').stackName}-*`,
          key: data.keys.operations,
          description: 'A network without a way out',
        })
      : undefined;
  const services = new ServicesStack(app, 'Services', {
    ...named('services'),
    config,
    data,
    network,
    ingestTimeout: Duration.seconds(ingestTimeoutSeconds),
    description: 'Functions, queues, rules',
  });
  const api = new ApiStack(app, 'Api', {
    ...named('api'),
    config,
    staff: data.staff,
    pageSecret: data.pageSecret,
    functions: services.apiFunctions,
    key: data.keys.operations,
    description: 'The API and its firewall',
  });
  const edge = new EdgeStack(app, 'Edge', {
    stackName: `stronger-families-${config.stage}-edge`,
    // Web firewalls of CloudFront live there; nothing is stored.
    env: { region: 'us-east-1', ...account },
    config,
    description: 'The firewall of the upload page; no data',
  });
  new PortalStack(app, 'Portal', {
    ...named('portal'),
    config,
    data,
    key: data.keys.operations,
    firewallArn: edge.firewallArn,
    pageFolder,
    description: 'The upload page',
  });
  new MonitoringStack(app, 'Monitoring', {
    ...named('monitoring'),
    config,
    topic: services.topic,
    api: api.api,
    queues: services.queues,
    description: 'Alarms and the dashboard',
  });
  for (const stack of app.node.children.filter((child) => Stack.isStack(child))) {
    Tags.of(stack).add('service', 'stronger-families');
    Tags.of(stack).add('stage', config.stage);
  }
};

export const createApp = (props: SystemProps, appProps: AppProps = {}): App => {
  const app = new App(appProps);
  addSystem(app, props);
  return app;
};

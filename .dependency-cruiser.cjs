/** Import direction: domain ← contracts ← services ← store, platform ← functions ← infra/local (docs/adr/0001). */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(shared|functions|infra|portal|test)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    only('domain-is-pure', '^shared/domain/', '^shared/domain/', 'The domain knows nothing but itself.'),
    only('contracts-on-domain', '^shared/contracts/', '^shared/(domain|contracts)/', 'Contracts build on the domain.'),
    only(
      'services-on-contracts',
      '^shared/services/',
      '^shared/(domain|contracts|services)/',
      'Use cases see ports, not their implementations.',
    ),
    only('store-on-services', '^shared/store/', '^shared/(domain|contracts|services|store)/', 'Repositories implement ports.'),
    only('platform-on-services', '^shared/platform/', '^shared/(domain|contracts|services|platform)/', 'No business words below.'),
    only(
      'cdk-sees-data',
      '^infra/cdk/',
      '^infra/cdk/|^shared/(contracts/http|domain|store/table-definition|platform/observability-catalogue|contracts/files)|^functions/[^/]+/config',
      'The infrastructure sees only data.',
    ),
    only('portal-sees-contracts', '^portal/', '^portal/|^shared/(contracts|domain)/', 'The page sees contracts.'),
    {
      name: 'no-function-imports-another',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: { path: '^functions/', pathNot: '^functions/$1/' },
    },
    { name: 'functions-on-shared', severity: 'error', from: { path: '^functions/' }, to: { path: '^(infra|portal|test)/' } },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '^node_modules' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-drawers', severity: 'error', from: {}, to: { path: '/(utils|common|lib|helpers|types)/', pathNot: 'node_modules' } },
    {
      name: 'domain-without-io',
      severity: 'error',
      from: { path: '^shared/(domain|contracts)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'sdk-only-below',
      severity: 'error',
      from: { path: '^shared/(domain|contracts|services)/' },
      to: { path: 'node_modules/(@aws-sdk|@aws-lambda-powertools|@middy)/' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^aws-lambda$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};

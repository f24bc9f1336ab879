import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ProviderAttribute,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolIdentityProviderSaml,
  UserPoolIdentityProviderSamlMetadata,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { roleSchema } from '#shared/domain/access/access.ts';
import type { StageConfig } from '../config/stage-config.ts';

const resourceServerId = 'stronger-families';
const scopeName = 'use';
/** What an access token must be good for, besides its holder's role. */
export const apiScope = `${resourceServerId}/${scopeName}`;

/** Council staff: who they are and, by their groups, which roles they hold. Nobody signs up by themselves. */
export class StaffDirectory extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, props: { readonly config: StageConfig }) {
    super(scope, id);
    const { config } = props;
    this.userPool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: config.keepData,
      removalPolicy: config.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const role of roleSchema.options) this.userPool.addGroup(role, { groupName: role });

    const use = new ResourceServerScope({ scopeName, scopeDescription: 'Use the service in one’s own role' });
    const resourceServer = this.userPool.addResourceServer('Api', { identifier: resourceServerId, scopes: [use] });
    this.userPool.addDomain('SignIn', { cognitoDomain: { domainPrefix: config.signInDomainPrefix } });

    this.client = this.userPool.addClient('Staff', {
      supportedIdentityProviders: [this.identityProvider(config)],
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.resourceServer(resourceServer, use)],
        callbackUrls: [...config.signInCallbackUrls],
      },
      authFlows: { userSrp: true },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(10),
      idTokenValidity: Duration.minutes(10),
      refreshTokenValidity: Duration.hours(8),
      refreshTokenRotationGracePeriod: Duration.seconds(30),
    });
  }

  private identityProvider(config: StageConfig): UserPoolClientIdentityProvider {
    if (!config.staffIdentityProvider) return UserPoolClientIdentityProvider.COGNITO;
    const provider = new UserPoolIdentityProviderSaml(this, 'Council', {
      userPool: this.userPool,
      name: 'council',
      metadata: UserPoolIdentityProviderSamlMetadata.url(config.staffIdentityProvider.samlMetadataUrl),
      attributeMapping: { email: ProviderAttribute.other('email') },
    });
    return UserPoolClientIdentityProvider.custom(provider.providerName);
  }
}

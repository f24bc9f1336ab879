import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export interface Acknowledgement {
  /** Rule, and finding where the rule has several: `AwsSolutions-IAM5[Resource::*]`. */
  readonly id: string;
  /** Why the finding is right and stays all the same: at least one full sentence. */
  readonly reason: string;
}

/** Context that leaves every acknowledgement out, so that a test can see what each of them answers. */
export const withoutAcknowledgements = 'withoutAcknowledgements';

/** Acknowledges findings of the rule packs on one construct; never on a stack, where it would silence whatever comes later. */
export const acknowledge = (construct: IConstruct, ...acknowledgements: readonly Acknowledgement[]): void => {
  if (construct.node.tryGetContext(withoutAcknowledgements) !== undefined) return;
  Validations.of(construct).acknowledge(...acknowledgements);
};

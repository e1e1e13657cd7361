import { InfraFabricError } from '@infrafabric/protocol';

/** Why a derivation refuses: a date that is none, or evidence that does not carry the phase the figure is about. */
export type UpgradeErrorCode = 'DATE_MALFORMED' | 'PHASE_NOT_CHARGED' | 'CITED_VALUE_MALFORMED';

/** The errors of this package: always about what was given, so a retry never helps. */
export class UpgradeError extends InfraFabricError<UpgradeErrorCode> {
  readonly kind = 'bug';
  readonly retry = 'never';
}

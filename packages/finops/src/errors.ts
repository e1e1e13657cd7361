import { InfraFabricError } from '@infrafabric/protocol';

/** Why pure judgement refuses: a value that is not a decimal, a cited value without the needed shape, a rule or catalogue that is wrong. */
export type FinopsErrorCode =
  | 'VALUE_NOT_DECIMAL'
  | 'CITED_VALUE_MISSING'
  | 'CITATION_UNKNOWN'
  | 'SAVING_ABOVE_COST'
  | 'FIGURE_UNKNOWN'
  | 'DERIVATION_DUPLICATE'
  | 'TABLE_MALFORMED'
  | 'CHALLENGE_NOT_INDEPENDENT'
  | 'RATE_MISSING'
  | 'USAGE_OUT_OF_RANGE';

/** The errors of this package: always about what was given, never about the network, so a retry never helps. */
export class FinopsError extends InfraFabricError<FinopsErrorCode> {
  readonly kind = 'bug';
  readonly retry = 'never';
}

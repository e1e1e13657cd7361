import { type ErrorDetail, InfraFabricError } from '@infrafabric/protocol';

/** What a report refuses. */
export type ReportErrorCode = 'REPORT_NOT_FOUND' | 'REPORT_SHAPE' | 'REPORT_UNVERIFIED' | 'FORMAT_UNKNOWN';

/** A report that cannot be read, made or shown. */
export class ReportError extends InfraFabricError<ReportErrorCode> {
  readonly kind: 'input' | 'usage' | 'bug';
  readonly retry = 'never';

  constructor(code: ReportErrorCode, detail: ErrorDetail) {
    super(code, detail);
    this.kind = code === 'FORMAT_UNKNOWN' ? 'usage' : code === 'REPORT_UNVERIFIED' ? 'bug' : 'input';
  }
}

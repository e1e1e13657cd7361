import { type Amount, type Usage, meterIfUsed } from '../usage.ts';

/** Logs, alarms, metrics and dashboards of one region over a month. */
export interface CloudwatchUse {
  readonly region: string;
  readonly ingestedGb?: Amount;
  readonly storedGbMonths?: Amount;
  /** GB that Logs Insights queries scan. */
  readonly scannedGb?: Amount;
  readonly alarms?: Amount;
  readonly highResolutionAlarms?: Amount;
  readonly metrics?: Amount;
  readonly dashboards?: Amount;
}

/** What CloudWatch uses in a month. Dashboards have one price in all regions. */
export function cloudwatch(use: CloudwatchUse): readonly Usage[] {
  const { region } = use;
  return [
    ...meterIfUsed('Data ingested', `logs/${region}/ingestion/gb`, use.ingestedGb),
    ...meterIfUsed('Archival Storage', `logs/${region}/storage/gb-month`, use.storedGbMonths),
    ...meterIfUsed('Insights queries data scanned', `logs/${region}/insights/gb`, use.scannedGb),
    ...meterIfUsed('Standard resolution', `cloudwatch/${region}/alarm/month`, use.alarms),
    ...meterIfUsed('High resolution', `cloudwatch/${region}/alarm-high-resolution/month`, use.highResolutionAlarms),
    ...meterIfUsed('Metrics', `cloudwatch/${region}/metric/month`, use.metrics),
    ...meterIfUsed('Dashboards', 'cloudwatch/global/dashboard/month', use.dashboards),
  ];
}

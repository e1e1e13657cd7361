import type { InjectedEvent } from './injected-event.ts';

/** An alert of any detector about an injected bill; days are counted from the first of the bill. */
export interface Alert {
  readonly service: string;
  readonly first: number;
  readonly last: number;
  readonly direction: 'up' | 'down';
  /** The place it names below the service. */
  readonly account?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly usageType?: string | null | undefined;
}

/** How well alerts tell the events of bills. */
export interface DetectorScore {
  readonly events: number;
  readonly found: number;
  readonly alerts: number;
  /** Alerts that are the first about an event. */
  readonly right: number;
  readonly f1: number;
  /** Alerts about nothing, or about what was told already, by series of a service and 90 days. */
  readonly falseIn90Days: number;
  /** Of the events found in one place, those whose alert names it, or a place above it, and no other. */
  readonly placed: number;
  readonly placeable: number;
  readonly missed: readonly InjectedEvent[];
}

/** Days before an event's end in which an alert about it must begin; one that comes later tells nobody in time. */
const IN_TIME = 28;

/** Adds up the alerts of several bills against what was done to them. */
export function detectorScore(
  bills: readonly { readonly events: readonly InjectedEvent[]; readonly alerts: readonly Alert[] }[],
  seriesDays: number,
): DetectorScore {
  const outcomes = bills.flatMap(({ events, alerts }) =>
    events.map((event) => ({ event, alert: alerts.find((alert) => tells(alert, event)) })),
  );
  const alerts = bills.reduce((sum, bill) => sum + bill.alerts.length, 0);
  const hits = outcomes.filter(({ alert }) => alert !== undefined);
  const [precision, recall] = [hits.length / Math.max(1, alerts), hits.length / outcomes.length];
  const placeable = hits.filter(({ event }) => event.leaf !== undefined);
  return {
    events: outcomes.length,
    found: hits.length,
    alerts,
    right: hits.length,
    f1: hits.length === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    falseIn90Days: ((alerts - hits.length) * 90) / seriesDays,
    placeable: placeable.length,
    placed: placeable.filter(({ event, alert }) => alert !== undefined && isPlaceOf(alert, event)).length,
    missed: outcomes.filter(({ alert }) => alert === undefined).map(({ event }) => event),
  };
}

function tells(alert: Alert, event: InjectedEvent): boolean {
  const until = Math.min(event.last, event.first + IN_TIME);
  const isInTime = alert.first <= until && alert.last >= event.first;
  return alert.service === event.service && isInTime && alert.direction === (event.usdADay > 0 ? 'up' : 'down');
}

function isPlaceOf(alert: Alert, { leaf }: InjectedEvent): boolean {
  return (['account', 'region', 'usageType'] as const).every(
    (part) => alert[part] === undefined || alert[part] === leaf?.[part],
  );
}

import type { Observer, SessionEvent } from '@infrafabric/protocol';
import type { Config } from '../config/config.ts';
import type { Fabric } from '../fabric.ts';
import { silent } from '../silent.ts';
import { emfLines } from './emf.ts';
import { eventSamples } from './event-samples.ts';
import { gaugeSamples, openSessionGauges } from './gauges.ts';
import type { Naming } from './metric-identity.ts';
import type { PushBuffer } from './push-buffer.ts';
import type { PushedLine } from './push-logs.ts';
import type { Sample } from './sample.ts';

/** What a process tells about the sessions it works on, besides the sessions themselves. */
export interface Telemetry {
  /** Log lines and metrics of events. */
  readonly observer: Observer;
  /** Records how the open sessions stand now and then, until it is closed; for a process that has a coordinator. */
  readonly watchSessions: () => void;
  /** Records how the open sessions stand now. */
  readonly recordGauges: () => Promise<void>;
  /** Resolves when everything told so far is out; before a Lambda function answers. */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Where the lines of a process go. */
export interface TelemetryOptions {
  /** Takes log lines and metric documents: standard output of a function, standard error of a process. */
  readonly log: (line: string) => void;
  /** False: `log` takes no line an event, only what else there is to say. */
  readonly logsEvents: boolean;
}

/** How often gauges are recorded; CloudWatch keeps a minute of ours on AWS. */
const GAUGE_MS: Readonly<Record<Config['mode'], number>> = { embedded: 5_000, redis: 5_000, aws: 30_000 };

/** Opens what the configuration asks for: log lines of LOG_LEVEL, and metrics as ENABLE_CLOUDWATCH_METRICS says. */
export async function openTelemetry(fabric: Fabric, options: TelemetryOptions): Promise<Telemetry> {
  const { config, clock, tracer } = fabric;
  if (!options.logsEvents && driverOf(config.cloudwatchMetrics) === 'off') return NO_TELEMETRY;
  const sinks = await openSinks(fabric, options);
  const { sessionLog } = await import('./session-log.ts');
  const log = sessionLog({ write: sinks.line, least: config.logLevel, traceIdOf: tracer.traceIdOf });
  const stop = new AbortController();
  let watching: Promise<void> = Promise.resolve();
  const recordGauges = async (): Promise<void> => {
    sinks.samples(gaugeSamples(await openSessionGauges(fabric), clock.nowMs()));
  };
  const watch = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await recordGauges().catch((error: unknown) => options.log(`gauges: ${String(error)}`));
      await clock.sleep(GAUGE_MS[config.mode], stop.signal);
    }
  };
  return {
    observer: {
      event(event) {
        log.event(event);
        sinks.samples(eventSamples(event));
      },
    },
    watchSessions: () => {
      if (sinks.counts) watching = watch();
    },
    recordGauges,
    flush: sinks.flush,
    async close() {
      stop.abort();
      await watching;
      await sinks.close();
    },
  };
}

/** Uses the telemetry of a process that prints no line an event; what it records is out when this resolves. */
export async function withTelemetry<T>(
  fabric: Fabric,
  log: TelemetryOptions['log'],
  use: (telemetry: Telemetry) => Promise<T>,
): Promise<T> {
  const telemetry = await openTelemetry(fabric, { log, logsEvents: false });
  return use(telemetry).finally(telemetry.close);
}

const done = (): Promise<void> => Promise.resolve();

const NO_TELEMETRY: Telemetry = {
  observer: silent,
  watchSessions: () => undefined,
  recordGauges: done,
  flush: done,
  close: done,
};

interface Sinks {
  /** Whether samples go anywhere. */
  readonly counts: boolean;
  readonly line: (line: string, event: SessionEvent) => void;
  readonly samples: (samples: readonly Sample[]) => void;
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

async function openSinks(fabric: Fabric, { log, logsEvents }: TelemetryOptions): Promise<Sinks> {
  const naming: Naming = {
    agentNamespace: fabric.config.cloudwatchNamespace,
    bySession: fabric.config.metricsBySession === 'on',
  };
  const line = (text: string): void => (logsEvents ? log(text) : undefined);
  const driver = driverOf(fabric.config.cloudwatchMetrics);
  if (driver === 'push') return pushSinks(fabric, naming, { log, line });
  const samples = (all: readonly Sample[]): void => emfLines(all, naming).forEach(log);
  return {
    counts: driver === 'emf',
    line,
    samples: driver === 'emf' ? samples : () => undefined,
    flush: done,
    close: done,
  };
}

/** `true` means what works where the process is: CloudWatch reads EMF from the output of a Lambda function and of nothing else. */
function driverOf(setting: Config['cloudwatchMetrics']): 'off' | 'emf' | 'push' {
  if (setting !== 'true') return setting;
  return process.env['AWS_LAMBDA_FUNCTION_NAME'] === undefined ? 'push' : 'emf';
}

async function pushSinks(
  { config, clients, clock }: Fabric,
  naming: Naming,
  { log, line }: { readonly log: TelemetryOptions['log']; readonly line: (text: string) => void },
): Promise<Sinks> {
  const [{ pushMetrics }, { pushLogs, streamOf }] = await Promise.all([
    import('./push-metrics.ts'),
    import('./push-logs.ts'),
  ]);
  const onLost =
    (what: string) =>
    (items: number, error: unknown): void =>
      log(`CloudWatch took not ${items} ${what}: ${error instanceof Error ? error.name : 'unknown'}`);
  const metrics: PushBuffer<Sample> = pushMetrics(clients.base, naming, { clock, onLost: onLost('metrics') });
  const logs: PushBuffer<PushedLine> = pushLogs(clients.base, config.logGroup, { clock, onLost: onLost('log lines') });
  const both = async (act: (buffer: PushBuffer<Sample> | PushBuffer<PushedLine>) => Promise<void>): Promise<void> => {
    await Promise.all([act(metrics), act(logs)]);
  };
  return {
    counts: true,
    line(text, event) {
      line(text);
      logs.add({ stream: streamOf(event), at_ms: event.at_ms, line: text });
    },
    samples: (all) => metrics.add(...all),
    flush: () => both((buffer) => buffer.flush()),
    close: () => both((buffer) => buffer.close()),
  };
}

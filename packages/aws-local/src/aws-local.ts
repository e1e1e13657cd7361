import type { Clock } from '@infrafabric/protocol';
import { openCloudWatch } from './cloudwatch/cloudwatch.ts';
import { openDynamo } from './dynamodb/dynamodb.ts';
import { openDatabase } from './engine/open.ts';
import { SYSTEM_CLOCK } from './engine/system-clock.ts';
import { type SdkRequestHandler, sdkRequestHandler } from './handler.ts';
import { openLogs } from './logs/logs.ts';
import { type ListenOptions, type Loopback, listenOnLoopback } from './loopback.ts';
import { openS3 } from './s3/s3.ts';
import { openSns } from './sns/sns.ts';
import { openSqs } from './sqs/sqs.ts';
import { stsActions } from './sts/sts.ts';
import { dispatcher } from './wire/dispatch.ts';
import { jsonProtocol } from './wire/json.ts';
import { queryProtocol } from './wire/query.ts';

/** Where the emulator keeps everything: one SQLite file, `:memory:` for none. */
export interface AwsLocalOptions {
  readonly file: string;
  readonly clock?: Clock;
}

/** The embedded AWS of one process. */
export interface AwsLocal {
  /** For `new SQSClient({ requestHandler })` and its like: calls the emulator in this process. */
  requestHandler(): SdkRequestHandler;
  /** Answers on one port of 127.0.0.1 as well, for other processes. @throws AwsLocalError `PORT_UNAVAILABLE`. */
  listen(options: ListenOptions): Promise<Loopback>;
  /** Answers long polls with nothing, stops listening, commits what is open and closes the file. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens the file, and with it the services.
 *
 * @throws AwsLocalError `LOCKED`, `SCHEMA_NEWER`, `FILE_UNUSABLE`.
 */
export function openAwsLocal({ file, clock = SYSTEM_CLOCK }: AwsLocalOptions): AwsLocal {
  const db = openDatabase(file);
  const sqs = openSqs(db, clock);
  const answer = dispatcher({
    json: jsonProtocol({
      AmazonSQS: sqs.service,
      DynamoDB_20120810: openDynamo(db, clock),
      GraniteServiceVersion20100801: openCloudWatch(db, clock),
      Logs_20140328: openLogs(db, clock),
    }),
    query: queryProtocol({ ...openSns(db, clock, sqs), ...stsActions() }),
    rest: openS3(db, clock),
  });
  const open = new Set<Loopback>();
  return {
    requestHandler: () => sdkRequestHandler(answer),
    listen: async (options) => {
      const loopback = await listenOnLoopback(answer, options);
      open.add(loopback);
      return loopback;
    },
    close: async () => {
      sqs.stop();
      await new Promise(setImmediate); // the emptied long polls are answered on this turn
      await Promise.all([...open].map((loopback) => loopback.close()));
      db.close();
    },
  };
}

/** A figure of another system, measured earlier on a machine of two cores with the same workload. */
export interface Peer {
  readonly name: string;
  /** What is on disk when a task counts as done. */
  readonly keeps: string;
  /** Swarm of 100 tasks of one sha256, concurrency 10 where it can be set; median of three passes. */
  readonly usATask: number;
  /** How many times dearer a task is in one session of 10,000 than in one of 100; with the size where it was less. */
  readonly flatness?: string;
}

/** When the figures below were measured, on Node 20 and 24. */
export const PEERS_MEASURED_ON = '2026-11-20';

/** None of them signs its messages. */
export const PEERS: readonly Peer[] = [
  { name: 'Mastra 1.71 foreach', keeps: 'nothing for each task (libSQL)', usATask: 128, flatness: '5.7 x' },
  { name: 'BullMQ 6.7 flow', keeps: 'Redis 7.0, appendfsync everysec', usATask: 261, flatness: '0.4 x' },
  { name: 'LangGraph JS 1.4 Send', keeps: 'SQLite, WAL, synchronous NORMAL', usATask: 327, flatness: '12 x' },
  { name: 'BullMQ 6.7 flow', keeps: 'Redis 7.0, appendfsync always', usATask: 399 },
  { name: 'open-multi-agent 1.16', keeps: 'nothing', usATask: 584, flatness: '77 x at 1,000' },
  { name: 'Restate 1.7 service calls', keeps: 'its own log, single node', usATask: 655, flatness: '0.4 x at 5,000' },
  { name: 'DBOS 5.3 steps', keeps: 'PostgreSQL 15, fsync on', usATask: 986, flatness: '0.7 x at 5,000' },
  { name: 'open-multi-agent 1.16', keeps: 'a file a checkpoint', usATask: 5_459 },
];

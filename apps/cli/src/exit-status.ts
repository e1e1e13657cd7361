import type { ErrorKind } from '@infrafabric/protocol';

/** Exit statuses of the command line (DESIGN 8). */
export const EXIT = {
  complete: 0,
  gaps: 1,
  usage: 2,
  input: 3,
  verification: 4,
  budget: 5,
  environment: 6,
  cancelled: 7,
  failOn: 8,
  bug: 70,
} as const;

/** One of the exit statuses. */
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** The exit status an error deserves by whose turn it is. */
export function exitStatusOf(kind: ErrorKind): ExitStatus {
  return EXIT[kind];
}

/** Strongest first: when several apply, the earliest wins. */
const PRECEDENCE: readonly ExitStatus[] = [70, 7, 6, 3, 5, 8, 4, 2, 1, 0];

/** The one status that speaks for several. */
export function strongest(statuses: readonly ExitStatus[]): ExitStatus {
  return PRECEDENCE.find((status) => statuses.includes(status)) ?? EXIT.complete;
}

import { type SessionRequest, WORKER_ROLES, WorkerRole } from '@infrafabric/protocol';
import { RENDERERS, ReportError } from '@infrafabric/report';
import type { Config } from './config/config.ts';
import { exclusionsOf, thresholdsOf } from './controls.ts';
import { RuntimeError } from './errors.ts';

/** The part of a request that needs no input to be read, and is checked before one is. */
export type RequestTerms = Pick<SessionRequest, 'as_of' | 'roles' | 'settings' | 'exclude' | 'budget_usd' | 'question'>;

/** Checks what a person asked for. @throws RuntimeError `CONFIG_INVALID` for a date or an agent that does not exist. */
export function requestTerms(
  config: Config,
  asked: { readonly asOf?: string | undefined; readonly question?: string | undefined },
  nowMs: number,
): RequestTerms {
  return {
    as_of: asOfDate(asked.asOf, nowMs),
    roles: rolesOf(config),
    settings: thresholdsOf(config),
    ...exclusionsOf(config),
    budget_usd: config.budgetMonthlyUsd === '' ? null : config.budgetMonthlyUsd,
    question: asked.question ?? null,
  };
}

/** Every word of `--format`; report.json is always written, so `json` adds nothing. */
export const FORMATS: readonly string[] = [...RENDERERS.map((renderer) => renderer.format), 'json'];

/** Checks the words of `--format`. @throws ReportError `FORMAT_UNKNOWN`. */
export function refuseUnknownFormat(formats: readonly string[]): void {
  const unknown = formats.find((format) => !FORMATS.includes(format));
  if (unknown === undefined) return;
  throw new ReportError('FORMAT_UNKNOWN', {
    message: `no format is called "${unknown.slice(0, 40)}"`,
    where: '--format',
    fix: `choose from ${FORMATS.join(', ')}, separated by commas`,
  });
}

function rolesOf(config: Config): WorkerRole[] {
  const roles = config.roles.map((role) => {
    const known = WorkerRole.safeParse(role);
    if (known.success) return known.data;
    throw new RuntimeError('CONFIG_INVALID', {
      message: `no agent is called "${role.slice(0, 40)}"`,
      where: '--agents',
      fix: `choose from ${WORKER_ROLES.join(', ')}`,
    });
  });
  return [...new Set<WorkerRole>(['collector', ...roles])].sort();
}

function asOfDate(text: string | undefined, nowMs: number): string {
  if (text === undefined) return new Date(nowMs).toISOString().slice(0, 10);
  const valid =
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  if (valid) return text;
  throw new RuntimeError('CONFIG_INVALID', {
    message: `expected a date such as 2026-11-20, got "${text.slice(0, 40)}"`,
    where: '--as-of',
    fix: 'give year, month and day of a day that exists',
  });
}

/** A session item, as far as it is judged. */
export interface SessionItem {
  readonly session_id: string;
  readonly state: string;
  readonly created_at_ms: number;
  readonly deadline_ms: number;
  readonly tick: number;
  readonly fence: number;
  readonly request?: object | undefined;
  readonly owner?: string | undefined;
  readonly boot_id?: string | undefined;
  readonly hb?: number | undefined;
  /** `if://evidence/sha256/<hex>` of the blobs that list the planned tasks. */
  readonly plan_collection?: string | undefined;
  readonly plan_analysis?: string | undefined;
  readonly plan_challenge?: string | undefined;
  readonly cancel?: boolean | undefined;
  readonly report_sha256?: string | undefined;
  readonly close_sha256?: string | undefined;
  readonly ended_at_ms?: number | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** A task item, as far as it is judged. */
export interface TaskItem {
  readonly session_id: string;
  readonly task_id: string;
  readonly role: string;
  readonly type: string;
  readonly state: string;
  readonly dispatch: number;
  readonly fence: number;
  readonly attempt: number;
  readonly hb: number;
  readonly request_wire: string;
  readonly owner?: string | undefined;
  readonly boot_id?: string | undefined;
  readonly result_sha256?: string | undefined;
  readonly result?: string | undefined;
  readonly answer_wire?: string | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

import type { Report } from '../model.ts';
import type { Narrative } from '../narrative/model.ts';
import { csvRenderer } from './csv.ts';
import { htmlRenderer } from './html.ts';
import { markdownRenderer } from './markdown.ts';

/** A way to show a report: pure, so that `verify` can render again and compare the bytes. */
export interface Renderer {
  /** The word of `--format`. */
  readonly format: string;
  /** File name in the report directory. */
  readonly path: string;
  /** `narrative` is what a model wrote; absent without one. */
  readonly render: (report: Report, narrative?: Narrative) => string;
}

/** Every rendering; one line each. */
export const RENDERERS: readonly Renderer[] = [htmlRenderer, markdownRenderer, csvRenderer];

/** One step of a document path: an attribute name, its alias, or a list index. */
export type PathStep =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'alias'; readonly alias: string }
  | { readonly kind: 'index'; readonly index: number };

/** A document path such as `plan.tasks[0].#state`. */
export interface Path {
  readonly kind: 'path';
  readonly steps: readonly PathStep[];
}

/** What can be compared: a path, an expression attribute value such as `:now`, or the size of a path. */
export type Operand =
  | Path
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'size'; readonly of: Path };

/** The functions a condition may call. */
export type ConditionFunction =
  | 'attribute_exists'
  | 'attribute_not_exists'
  | 'attribute_type'
  | 'begins_with'
  | 'contains';

/** The signs a condition may compare with. */
export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A condition, filter or key condition. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'compare'; readonly sign: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly members: readonly Operand[] }
  | { readonly kind: 'call'; readonly name: ConditionFunction; readonly operands: readonly Operand[] };

/** What SET may assign. */
export type UpdateValue =
  | Exclude<Operand, { kind: 'size' }>
  | { readonly kind: 'plus' | 'minus'; readonly left: UpdateValue; readonly right: UpdateValue }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: UpdateValue }
  | { readonly kind: 'list_append'; readonly left: UpdateValue; readonly right: UpdateValue };

/** An update: what each of its sections does, in the order written. */
export interface Update {
  readonly set: readonly { readonly path: Path; readonly value: UpdateValue }[];
  readonly remove: readonly Path[];
  readonly add: readonly { readonly path: Path; readonly value: string }[];
  readonly delete: readonly { readonly path: Path; readonly value: string }[];
}

/** An expression with the expression attributes it uses. */
export interface Parsed<Tree> {
  readonly tree: Tree;
  readonly aliases: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

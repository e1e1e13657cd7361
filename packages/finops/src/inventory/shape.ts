import type { ResourceType } from '../model/resource.ts';

/**
 * How to read one kind of resource out of the answer of one operation.
 *
 * Every text is a path of member names joined by `/`; the member `*` stands for each element of an array, and the empty path
 * for the value itself. `at` leads to the items; all others start at the item, or, after `input:`, at what was asked: an
 * answer about one thing often does not name it.
 */
export interface Shape {
  readonly type: ResourceType;
  readonly at: string;
  /** For an answer that is itself the item: the member that makes it one. */
  readonly has?: string;
  /** The id, or several members of which the first that is there counts. */
  readonly id: string | readonly string[];
  /** What the id is unique in: the id becomes `<within>/<id>`. */
  readonly within?: string;
  /** The name when it is not the `Name` tag. */
  readonly name?: string;
  readonly arn?: string;
  /** Ids the resource points to. */
  readonly refs?: readonly string[];
  /** The member with the owner's account id, in the item or in an object around it. */
  readonly owner?: string;
  /** The answer also lists what others own: the account that asked, when known, counts before the owner. */
  readonly listsOthers?: true;
  /** The id is unique in all regions, and answers about it come from any: the resource's region is `global`. */
  readonly global?: true;
}

/** The shapes of one client, by operation. */
export type Shapes = Readonly<Record<string, readonly Shape[]>>;

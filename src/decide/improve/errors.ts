// Why there is nothing to recommend.

/** What stands in the way: no option, a goal that nothing changes, a budget or constraints that nothing keeps to. */
export type Obstacle = "options" | "goal" | "budget" | "constraints";

/** There is nothing to recommend. `hint` says what would help. */
export class ImproveError extends Error {
  override readonly name = "ImproveError";
  readonly obstacle: Obstacle;
  readonly hint: string;

  constructor(obstacle: Obstacle, message: string, hint: string) {
    super(message);
    this.obstacle = obstacle;
    this.hint = hint;
  }
}

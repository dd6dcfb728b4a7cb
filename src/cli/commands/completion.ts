// faultline completion: the script with which a shell completes commands, options and their words.
import type { Handler } from "../command.ts";
import { bashScript } from "../completion/bash.ts";
import { fishScript } from "../completion/fish.ts";
import { vocabulary } from "../completion/vocabulary.ts";
import { zshScript } from "../completion/zsh.ts";
import { near, UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";

const SCRIPTS = new Map([
  ["bash", bashScript],
  ["zsh", zshScript],
  ["fish", fishScript],
]);

export const handle: Handler = async (world, { operands: [shell], commands }) => {
  const script = SCRIPTS.get(shell);
  if (script === undefined) {
    const names = [...SCRIPTS.keys()];
    throw new UsageError(
      `there is no completion for ${shell}${near(shell, names)}`,
      `The shells are: ${names.join(", ")}.`,
    );
  }
  world.stdout.write(script(await vocabulary(commands)), "bytes");
  return EXIT.ok;
};

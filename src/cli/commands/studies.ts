// faultline studies: the studies that can be reproduced, a line each.
import { STUDIES } from "../../literature/studies.ts";
import { studiesText } from "../../terminal/studies.ts";
import type { Handler } from "../command.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { screenOf } from "../screen.ts";

export const handle: Handler = (world, { options }) => {
  world.stdout.write(options.json ? jsonText(listed()) : studiesText(STUDIES, screenOf(world)));
  return EXIT.ok;
};

function listed() {
  return {
    schema: "faultline/studies@1",
    studies: STUDIES.map(({ name, title, question, source, replications }) => ({
      name,
      title,
      question,
      source,
      replications,
    })),
  };
}

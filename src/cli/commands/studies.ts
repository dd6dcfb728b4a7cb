// faultline studies: the studies that can be reproduced, a line each.
import { STUDIES } from "../../literature/studies.ts";
import { studiesReport } from "../../terminal/studies.ts";
import type { Handler } from "../command.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { colorsOf, widthOf } from "../terminal.ts";

export const handle: Handler = (world, { options }) => {
  const colors = colorsOf(world, world.stdout);
  world.stdout.write(
    options.json ? jsonText(listed()) : studiesReport(STUDIES, { colors, width: widthOf(world) }),
  );
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

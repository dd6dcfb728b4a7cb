// From the factors of an experiment and what it says of its design to the design.
import type { Examined } from "../../documents/checking/examined.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import type { RootKey } from "../../numerics/draws.ts";
import { MAX_DIMENSIONS } from "../../numerics/sobol.ts";
import type { Axis, Levels } from "../designs/axes.ts";
import type { Design } from "../designs/design.ts";
import { gridDesign } from "../designs/grid.ts";
import { pointsDesign } from "../designs/points.ts";
import { latinHypercubeDesign, sobolDesign } from "../designs/unitCube.ts";
import { zipDesign } from "../designs/zip.ts";
import type { Factor } from "./factors.ts";
import * as messages from "./messages.ts";
import type { WrittenDesign } from "./schema.ts";
import type { ShapedExperiment } from "./shape.ts";

/** The design over the axes of the factors that have no formula, in their order. */
export function makeDesign(
  written: WrittenDesign,
  factors: readonly Factor[],
  root: RootKey,
): Design {
  const axes = factors.map(({ axis }) => axis).filter((axis) => axis !== undefined);
  switch (written.kind) {
    case "grid":
      return gridDesign(axes.filter(isLevels));
    case "zip":
      return zipDesign(axes.filter(isLevels));
    case "points":
      return pointsDesign(
        written.points.map((_, i) => axes.filter(isLevels).map((axis) => axis.level(i))),
      );
    case "latin-hypercube":
      return latinHypercubeDesign(axes, written.size, root);
    case "sobol":
      return sobolDesign(axes, written.size);
  }
}

const isLevels = (axis: Axis): axis is Levels => axis.kind === "levels";

/** Reports what keeps the factors from making a design. */
export function checkDesign(
  { factors: written, fields }: ShapedExperiment,
  factors: readonly Factor[],
  examined: Examined,
): void {
  const { design } = fields;
  const axes = factors.filter(({ axis }) => axis !== undefined);
  if (design?.kind === "zip") checkLengths(axes, examined);
  if (design?.kind === "points") checkPoints(design.points, written, examined);
  if (design?.kind === "sobol" && axes.length > MAX_DIMENSIONS)
    examined.error(["design"], messages.tooManyDimensions(axes.length, MAX_DIMENSIONS));
}

function checkLengths(factors: readonly Factor[], examined: Examined): void {
  const counts = factors.flatMap(({ name, axis }) =>
    axis?.kind === "levels" ? [[name, axis.count] as const] : [],
  );
  if (new Set(counts.map(([, count]) => count)).size > 1)
    examined.error(["design"], messages.unequalLengths(counts));
}

function checkPoints(
  points: readonly Readonly<Record<string, unknown>>[],
  factors: ShapedExperiment["factors"],
  examined: Examined,
): void {
  const given = [...factors]
    .filter(([, factor]) => factor?.formula === undefined)
    .map(([name]) => name);
  for (const [i, point] of points.entries()) {
    const at = ["design", "points", i];
    const strangers = Object.keys(point).filter((name) => !given.includes(name));
    for (const name of strangers)
      examined.errorAtKey(
        [...at, name],
        factors.has(name)
          ? messages.formulaInPoint(name)
          : messages.unknownFactor(name, given, suggest(name, given)),
      );
    const near = strangers.map((name) => suggest(name, given));
    for (const name of given)
      if (!Object.hasOwn(point, name) && !near.includes(name))
        examined.error(at, messages.missingInPoint(name));
  }
}

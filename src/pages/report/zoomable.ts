// Charts that can be zoomed: the scales of their continuous axes get a domain that a page can set, by the signals `zoomX` and
// `zoomY`. Until it does, the chart is drawn as it was.
import type { Spec } from "vega";

type Node = Readonly<Record<string, unknown>>;

/** Names of the signals, by the scale whose domain they set: [low, high], or null for the whole. */
export const ZOOM = { x: "zoomX", y: "zoomY" } as const;

type ScaleName = keyof typeof ZOOM;

const IS_ZOOMED = Object.values(ZOOM)
  .map((signal) => `!!${signal}`)
  .join(" || ");

const CONTINUOUS = new Set<unknown>(["linear", "log"]);

/** The specification with those signals; as it is where it has no continuous axis. */
export function zoomable(spec: Spec): Spec {
  const view = spec as unknown as Node;
  const axes = new Set(axesIn(view).map(({ scale }) => scale));
  const scales = listOf(view, "scales");
  const isZoomed = ({ name, type }: Node) =>
    Object.hasOwn(ZOOM, name as string) && CONTINUOUS.has(type) && axes.has(name);
  const names = new Set(scales.filter(isZoomed).map(({ name }) => name as ScaleName));
  if (names.size === 0) return spec;
  const signals = Object.values(ZOOM).map((name) => ({ name, value: null }));
  return {
    ...withAxesAndMarks(view, names),
    signals: [...listOf(view, "signals"), ...signals],
    scales: scales.map((scale) =>
      isZoomed(scale) ? { ...scale, domainRaw: { signal: ZOOM[scale.name as ScaleName] } } : scale,
    ),
  } as unknown as Spec;
}

const listOf = (node: Node, key: string) => (node[key] ?? []) as readonly Node[];

function axesIn(node: Node): Node[] {
  return [...listOf(node, "axes"), ...listOf(node, "marks").flatMap(axesIn)];
}

/** A view, or a group within it, with axes and marks that keep to the part which is shown. */
function withAxesAndMarks(node: Node, names: ReadonlySet<ScaleName>): Node {
  return {
    ...node,
    ...(node.axes !== undefined && {
      axes: listOf(node, "axes").map((axis) => axisOf(axis, names)),
    }),
    ...(node.marks !== undefined && {
      marks: listOf(node, "marks").map((mark) =>
        mark.type === "group" ? withAxesAndMarks(mark, names) : markOf(mark, names),
      ),
    }),
  };
}

/** Ticks at chosen values become ticks at round ones, since the chosen may lie outside. */
function axisOf(axis: Node, names: ReadonlySet<ScaleName>): Node {
  const name = axis.scale as ScaleName;
  if (!names.has(name) || !Array.isArray(axis.values)) return axis;
  return { ...axis, values: { signal: `${ZOOM[name]} ? null : ${JSON.stringify(axis.values)}` } };
}

/** What lies on the scales is cut off at the edges; text that lies elsewhere would no longer be where it belongs. */
function markOf(mark: Node, names: ReadonlySet<ScaleName>): Node {
  if (mark.type !== "text" || isPlaced(mark, names))
    return { ...mark, clip: { signal: IS_ZOOMED } };
  const encode = (mark.encode ?? {}) as Node;
  const update = (encode.update ?? {}) as Node;
  const opacity = [{ test: IS_ZOOMED, value: 0 }, ...[update.opacity ?? { value: 1 }].flat()];
  return { ...mark, encode: { ...encode, update: { ...update, opacity } } };
}

/** Whether every scale that can be zoomed decides where a mark is. */
function isPlaced(mark: Node, names: ReadonlySet<ScaleName>): boolean {
  const { update = {} } = (mark.encode ?? {}) as { readonly update?: Node };
  return [...names].every((name) =>
    [update[name]].flat().some((value) => (value as Node | undefined)?.scale === name),
  );
}

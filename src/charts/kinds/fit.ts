// Fit: what logs show of a team beside what the scenario that was estimated from them gives, figure by figure.
import type { CertificateRow } from "../../estimate/certificate.ts";
import { plainEstimate } from "../../wording/estimate.ts";
import { certificateLead, figureTitle } from "../../wording/estimateResult.ts";
import { INTERVAL } from "../../wording/sample.ts";
import { nameAxis, panelsBeside, tooltipOf } from "../channels.ts";
import type { ChartDefinition } from "../definition.ts";
import type { Theme } from "../theme.ts";

const ROWS = ["observed", "simulated"] as const;
const ROW_HEIGHT = 24;
const WIDTH = 230;
const COLUMNS = 2;

export const fit: ChartDefinition<"faultline/estimate@1"> = {
  name: "fit",
  shows: "what logs show of a team beside what its estimated scenario gives",
  from: ["faultline/estimate@1"],
  draw({ name, certificate }, theme) {
    const title = `Observed and simulated: ${name}`;
    const { rows } = certificate;
    if (rows.length === 0) return { title, why: "The logs have no figure to compare." };
    const said = rows.map(
      ({ figure, observed, simulated }) =>
        `${figureTitle(figure)[0]} observed ${textOf(observed)}, simulated ${textOf(simulated)}`,
    );
    return {
      title,
      notes: [certificateLead(certificate), `Lines: ${INTERVAL}.`],
      alt: `${title}: ${said.join("; ")}.`,
      view: {
        data: { values: rows.flatMap(dotsOf) },
        ...panelsBeside(COLUMNS),
        spec: { width: WIDTH, height: { step: ROW_HEIGHT }, layer: layersOf(theme) },
        // Each figure has a unit of its own.
        resolve: { scale: { x: "independent" }, axis: { x: "independent" } },
      },
      width: COLUMNS * WIDTH + 100,
    };
  },
};

type Valued = CertificateRow["observed"];

const textOf = ({ value, interval }: Valued) => plainEstimate({ mean: value, ci: interval });

function dotsOf(row: CertificateRow, order: number) {
  const [label, unit] = figureTitle(row.figure);
  const panel = `${label}, ${unit}`;
  return ROWS.map((what) => {
    const { value, interval } = row[what];
    const [low, high] = interval;
    return { panel, order, what, value, low, high, tip: textOf(row[what]) };
  });
}

function layersOf(theme: Theme): object[] {
  const x = {
    field: "value",
    type: "quantitative",
    scale: { zero: true, nice: true },
    axis: { title: null, tickCount: 4, grid: true, labelOverlap: "greedy" },
  };
  const y = {
    field: "what",
    type: "nominal",
    sort: null,
    scale: { domain: [...ROWS] },
    axis: nameAxis(theme),
  };
  const color = {
    field: "what",
    type: "nominal",
    scale: { domain: [...ROWS], range: [theme.text, theme.architectures.centralized] },
    legend: null,
  };
  const tooltip = tooltipOf({ panel: "figure", what: "value", tip: "with interval" });
  const between = { x: { ...x, field: "low" }, x2: { field: "high" }, y };
  return [
    { mark: { type: "rule", strokeWidth: 2.5, opacity: 0.75 }, encoding: { ...between, color } },
    {
      mark: { type: "point", filled: true, size: 70, opacity: 1 },
      encoding: { x, y, color, tooltip },
    },
  ];
}

// The comment at the top of an estimated scenario: what was read, where its numbers come from, and how to go on.
import { list, plural } from "../../documents/quoting.ts";
import type { EstimateResult, ScenarioNumber } from "../document.ts";

/** @param command what was typed */
export function headerOf(
  { name, like, read, estimates, numbers, certificate }: EstimateResult,
  command: string,
): string[] {
  const { runs, tasks } = estimates;
  const formats = read.formats.map(({ title }) => title);
  const paths = (origin: ScenarioNumber["origin"]) =>
    numbers.filter((one) => one.origin === origin).map(({ path }) => path);
  const [calibrated, prior, guess] = [paths("calibrated"), paths("prior"), paths("guess")];
  const within = certificate.rows.filter(({ isWithin }) => isWithin).length;
  return [
    `Estimated from ${plural(runs, "run")} of ${plural(tasks, "task")}${formats.length > 0 ? `, ${list(formats)}` : ""}: ${command}`,
    ...(like === undefined
      ? []
      : [`The structure is that of ${like}; numbers that stand here take the place of its own.`]),
    "Measured: numbers with a count.",
    ...(calibrated.length > 0
      ? [`Calibrated to outcomes, several explanations fit: ${list(calibrated)}.`]
      : []),
    ...(prior.length > 0
      ? [`Not in the logs, from the parameter sets that ship with Faultline: ${list(prior)}.`]
      : []),
    ...(guess.length > 0 ? [`Not in the logs, a guess: ${list(guess)}.`] : []),
    ...(certificate.rows.length > 0
      ? [
          `Certificate: ${within} of ${plural(certificate.rows.length, "figure")} within the 95 % band of the runs. See estimate.html.`,
        ]
      : []),
    `Go on: faultline run ${name}.yaml`,
  ];
}

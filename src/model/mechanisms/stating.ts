// Stating a confidence: an agent that has made a version says how certain it is of it. How well that ranks right above wrong
// is the area under the ROC curve of the equal-variance binormal model (Green and Swets, "Signal Detection Theory and
// Psychophysics", 1966): hidden scores are normal with variance 1, and their means lie a gap apart.
import { normalCdf, normalQuantile } from "../../numerics/distributions.ts";
import type { TaskCase } from "../case.ts";
import { CONFIDENCE } from "../decisions.ts";

/** States the confidence of a version that its owner has just made, where a check asks for it. */
export function stateConfidence(task: TaskCase, agent: number, version: number): void {
  const { confidences, versions, plan } = task;
  if (confidences === undefined) return;
  const { key, confidenceGap } = plan.agents;
  const gap = confidenceGap[agent];
  if (Number.isNaN(gap)) {
    confidences.state(version, Number.NaN);
    return;
  }
  const claim = versions.claim[version];
  const attempt = task.attempts[task.slot(agent, claim)] - 1;
  const mean = versions.isErroneous(version) ? -gap / 2 : gap / 2;
  const score = mean + normalQuantile(task.draws.uniform(CONFIDENCE, key[agent], claim, attempt));
  confidences.state(version, normalCdf(score));
}

/** A copy keeps what was stated of its source, also where it went wrong on the way. */
export function keepConfidence({ confidences }: TaskCase, copy: number, source: number): void {
  confidences?.state(copy, confidences.of(source));
}

// The studies that `reproduce` runs, in the order in which it does.
import { CLEAR } from "./clear/study.ts";
import { CONTAGION } from "./contagion/study.ts";
import { COST } from "./cost/study.ts";
import { DEBATE } from "./debate/study.ts";
import { KIM2025 } from "./kim2025/study.ts";
import { MAKER } from "./maker/study.ts";
import { OPERATION } from "./operation/study.ts";
import { REACT } from "./react/study.ts";
import { RELAY } from "./relay/study.ts";
import { RESILIENCE } from "./resilience/study.ts";
import { ROUTING } from "./routing/study.ts";
import type { Study } from "./study.ts";
import { TAUBENCH } from "./taubench/study.ts";

/** All studies that `reproduce` runs. */
export const STUDIES: readonly Study[] = [
  KIM2025,
  DEBATE,
  RESILIENCE,
  RELAY,
  TAUBENCH,
  CLEAR,
  REACT,
  CONTAGION,
  MAKER,
  OPERATION,
  ROUTING,
  COST,
];

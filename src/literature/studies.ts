// The studies that results can be held against.

import type { BenchmarkStudy } from "./benchmarkStudy.ts";
import { KIM2025 } from "./kim2025.ts";

export const STUDIES: readonly BenchmarkStudy[] = [KIM2025];

// The studies that results can be held against.
import { KIM2025 } from "./kim2025.ts";
import type { Study } from "./study.ts";

export const STUDIES: readonly Study[] = [KIM2025];

// Lets a program import "faultline" and its sub-entries from the sources, as if they were installed: what it runs cannot be
// a stale build.
import { register } from "node:module";

register("../../scripts/typescript/loader.mjs", import.meta.url);
register("./packageLoader.mjs", import.meta.url);

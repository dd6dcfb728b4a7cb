#!/usr/bin/env node
// The executable: runs the program in the real world. It ends when all output is written.
import { nodeWorld } from "./nodeWorld.ts";
import { main } from "./program.ts";

process.exitCode = await main(nodeWorld());

#!/usr/bin/env node
// The executable: runs the program in the real world. It ends when all output is written.
import { tuneForEngine } from "../experiment/tuning.ts";
import { nodeWorld } from "./nodeWorld.ts";
import { main } from "./program.ts";

tuneForEngine();
process.exitCode = await main(nodeWorld());

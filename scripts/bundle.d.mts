/** Writes all that the executable needs into a folder: DIST/command/main.js. */
export function bundleExecutable(dist: string): Promise<void>;
/** Writes the engine of the playground into a folder. */
export function bundlePlay(folder: string): Promise<void>;

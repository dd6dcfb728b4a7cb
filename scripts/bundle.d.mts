/** Writes the engine of the playground into a folder. */
export function bundlePlay(folder: string): Promise<void>;

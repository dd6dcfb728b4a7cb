// Modules that are loaded by their address: entries of threads, code that goes into pages.

/** A module beside another one, by its name without ending: `.ts` among the sources, `.js` in the package. */
export function moduleBeside(url: string, name: string): URL {
  return new URL(`./${name}${url.slice(url.lastIndexOf("."))}`, url);
}

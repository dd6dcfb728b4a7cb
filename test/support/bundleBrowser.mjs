// Tests make pages from the sources: their scripts are bundled before the first test, and again before each rerun.
import { bundleBrowser } from "../../scripts/bundle.mjs";

export async function setup(project) {
  const bundle = () => bundleBrowser("dist");
  await bundle();
  project.onTestsRerun(bundle);
}

// The pages of docs/reference/ that are made from the code, without a run.
import { chartsPage } from "./chartsPage.ts";
import { columnsPage } from "./columnsPage.ts";
import { commandsPage, exitCodesPage } from "./commandPages.ts";
import { documentsPage } from "./documentsPage.ts";
import { libraryPage } from "./libraryPage.ts";
import { metricsPage } from "./metricsPage.ts";
import { FIELD_PAGES, fieldPage } from "./scenarioPages.ts";

/** Every page by its path from docs/. */
export const referencePages = (): ReadonlyMap<string, string> =>
  new Map([
    ...FIELD_PAGES.map((page) => [page.page, fieldPage(page)] as const),
    ["reference/metrics.md", metricsPage()],
    ["reference/commands.md", commandsPage()],
    ["reference/exit-codes.md", exitCodesPage()],
    ["reference/columns.md", columnsPage()],
    ["reference/documents.md", documentsPage()],
    ["reference/library.md", libraryPage()],
    ["reference/charts.md", chartsPage()],
  ]);

// Writes docs/columns.md from the definitions of the columns (npm run build first).
import { mkdirSync, writeFileSync } from "node:fs";
import { columnsPage } from "../dist/export/columnsPage.js";

mkdirSync("docs", { recursive: true });
writeFileSync("docs/columns.md", columnsPage());

// Reports: results as one page or one Markdown text that answers first and explains after.
import { count } from "../../wording/text.ts";
import { markdownReport } from "./markdown.ts";
import { htmlReport } from "./page.ts";
import { type ReportInput, sectionOf } from "./sections.ts";

export { type Origin, originOf } from "./origin.ts";
export { REPORTED, ReportError, type ReportInput } from "./sections.ts";

export type ReportFormat = "html" | "md";

export interface ReportOptions {
  readonly format: ReportFormat;
  /** Heading of the report; by default that of the result, or how many there are. */
  readonly title?: string | undefined;
}

/**
 * The text of a report of one result or several. The same results give the same bytes.
 * @throws ReportError when there is no report of a result of some kind; RangeError when there is no result
 */
export async function reportOf(
  inputs: readonly ReportInput[],
  { format, title }: ReportOptions,
): Promise<string> {
  if (inputs.length === 0) throw new RangeError("a report is made of one result or more");
  const all = inputs.map(({ result }) => result);
  const sections = inputs.map((input) => sectionOf(input, all));
  const heading =
    title ?? (sections.length === 1 ? sections[0].title : count(sections.length, "result"));
  return format === "md" ? markdownReport(sections, heading) : htmlReport(sections, heading);
}

// The frame of every HTML file: one document that works from disk, asks no network for anything, and runs no script but its
// own.
import { createHash } from "node:crypto";
import { type Html, html, raw } from "./html.ts";
import { type ScriptName, scriptText } from "./script.ts";

/** What an HTML file is made of. */
export interface HtmlDocument {
  /** Of the browser's tab. */
  readonly title: string;
  /** What a screen reader or a search says about it, one sentence. */
  readonly description: string;
  /** Style rules. */
  readonly style?: string;
  readonly body: Html;
  /** What runs, in this order, after the body is there. */
  readonly scripts?: readonly ScriptName[];
}

/** The whole text of a document. */
export function documentText(document: HtmlDocument): string {
  const { title, description, style = "", body } = document;
  const scripts = (document.scripts ?? []).map(scriptText);
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<meta name="generator" content="Faultline">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
${raw(style)}
</style>
</head>
<body>
${body}
${scripts.map((script) => html`<script>${raw(script)}</script>\n`)}</body>
</html>
`;
  return text.text;
}

/** No request to any network, no script but these, and none that makes code of text. */
function policyOf(scripts: readonly string[]): string {
  const hashes = scripts.map(
    (script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${hashes.length > 0 ? hashes.join(" ") : "'none'"}`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

import type { Diagnosis } from "../../diagnosis/diagnosis.ts";
import { Html, html } from "../../text/html.ts";
import { diagnosisView } from "../diagnosis-view.ts";
import { reportBody } from "./body.ts";
import type { Opening } from "./verdicts.ts";

/** What a page may load: its own style and script, and nothing from anywhere else. */
export interface PageResources {
  /** The source expression of the webview for `Content-Security-Policy`. */
  readonly cspSource: string;
  readonly style: string;
  readonly script: string;
}

/** The report as a page of the editor. */
export function reportPage(
  diagnosis: Diagnosis,
  { cspSource, style, script }: PageResources,
  opening: Omit<Opening, "editor">,
): string {
  const csp = `default-src 'none'; style-src ${cspSource}; script-src ${cspSource}`;
  return documentOf(
    diagnosisView(diagnosis).title,
    html`${contentPolicy(csp)}<link rel="stylesheet" href="${style}">`,
    html`${reportBody(diagnosis, { ...opening, editor: true })}<script src="${script}"></script>`,
  );
}

/** What makes a file of its own of a report. */
export interface PageParts {
  /** The texts of media/report.css and media/report.js, and the colours an editor would give: media/report-alone.css. */
  readonly style: string;
  readonly script: string;
  /** SHA-256 in base64 of a text in UTF-8. */
  hash(text: string): string;
}

export function diagnosisToHtml(diagnosis: Diagnosis, parts: PageParts): string {
  const when = new Date(diagnosis.startedAt).toISOString().replace(/\.\d+Z$/, "Z");
  return alonePage(diagnosisView(diagnosis).title, reportBody(diagnosis, { when, editor: false }), parts);
}

/** One file that opens anywhere: it loads nothing, runs no script but its own, and sends nothing. */
export function alonePage(title: string, body: Html, { style, script, hash }: PageParts): string {
  const csp = `default-src 'none'; style-src 'sha256-${hash(style)}'; script-src 'sha256-${hash(script)}'; base-uri 'none'; form-action 'none'`;
  return documentOf(
    title,
    html`${contentPolicy(csp)}<meta name="referrer" content="no-referrer"><style>${new Html(style)}</style>`,
    html`${body}<script>${new Html(script)}</script>`,
  );
}

export function contentPolicy(csp: string): Html {
  return html`<meta http-equiv="Content-Security-Policy" content="${csp}">`;
}

export function documentOf(title: string, head: Html, body: Html): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
${head}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
</head>
<body>
${body}
</body>
</html>
`.text;
}

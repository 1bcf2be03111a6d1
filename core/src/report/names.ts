import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import { type Subject, type Target, targetName } from "../judging/subject.ts";

/** "n1-p1 to svc/web", "whole cluster": short enough for a tab. */
export function shortSubject({ from, to }: Subject): string {
  if (!from && !to) return "whole cluster";
  return [from?.name, to && `to ${shortTarget(to)}`].filter(Boolean).join(" ");
}

function shortTarget(to: Target): string {
  const port = to.port === undefined ? "" : `:${to.port}`;
  switch (to.kind) {
    case "service":
      return `svc/${to.name}${port}`;
    case "pod":
    case "object":
      return `${to.name}${port}`;
    default:
      return `${targetName(to)}${port}`;
  }
}

/** "ipv6-ui-n1-p1-to-svc-web-20261129-0843.md": context, subject and the time in UTC, in characters that every file system takes. */
export function fileNameOf({ context, subject, startedAt }: Diagnosis, extension: string): string {
  const time = new Date(startedAt).toISOString().slice(0, 16).replace(/[-:]/g, "").replace("T", "-");
  const words = [context, shortSubject(subject)].map((text) =>
    text.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, ""),
  );
  return `${["ipv6", ...words.filter(Boolean)].join("-").slice(0, 100)}-${time}.${extension}`;
}

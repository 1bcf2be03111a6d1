/** A reporter for node:test: how many tests there were, and which files failed; a JSON object a line. */
export default async function* closing(events) {
  for await (const { type, data } of events) {
    if (type !== "test:summary") continue;
    if (data.file === undefined) yield `${JSON.stringify({ counts: data.counts })}\n`;
    else if (!data.success) yield `${JSON.stringify({ failed: data.file })}\n`;
  }
}

import type { IncomingMessage } from "node:http";

/** The lines of an answer as they come. Rejects when the stream is cut. A character and a line may lie across any number of chunks. */
export async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of response.setEncoding("utf8")) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines.filter((line) => line.trim() !== "");
  }
  if (rest.trim() !== "") throw new Error("the stream was cut within a line");
}

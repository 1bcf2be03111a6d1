import { vantageOf } from "../judging/dial-args.ts";
import type { Scene } from "../judging/scene.ts";
import { type LargeEcho, probe as largeEcho } from "../probes/large-echo.ts";
import { type Question, question } from "../probing/probe.ts";

/** Echoes of the source that come back the way of what would be dialled from the other end. */
export function echoQuestions({ returns }: Pick<Scene, "returns">): Question<LargeEcho>[] {
  return returns.flatMap(({ from, toPod }) => {
    const host = from.ips.IPv6;
    return toPod && host !== undefined ? [question(largeEcho, { at: vantageOf(toPod), host })] : [];
  });
}

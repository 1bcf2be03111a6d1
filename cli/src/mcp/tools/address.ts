import { saysOf } from "../../says-of-address.ts";
import { type Served, texts } from "../tool.ts";

export const tool: Served = {
  async ask(given) {
    const all = texts(given, "addresses").map((text) => ({ text, says: saysOf(text) }));
    const known = all.flatMap(({ text, says }) => (says ? [{ text, says }] : []));
    const none = all.flatMap(({ text, says }) => (says ? [] : [text]));
    return {
      verdict: known.length > 0 ? "explained" : "unknown",
      ours: [
        `${known.length} of ${all.length} are addresses or prefixes`,
        "kubectl get pods,services,nodes --all-namespaces --output wide shows whose they are",
      ],
      head: {},
      lists: [
        ["addresses", known],
        ["noAddress", none],
      ],
    };
  },
};

import { pagesOf } from "#files/pages.ts";
import { shipped } from "../../shipped.ts";
import { type Served, text } from "../tool.ts";

export const tool: Served = {
  async ask(given) {
    const pages = pagesOf(shipped(""), text(given, "name") ?? "");
    return {
      verdict: pages.length > 0 ? "explained" : "unknown",
      ours:
        pages.length > 0
          ? [
              ...pages.map(({ kind, id }) => `${kind} ${id}`),
              "kubectl apply --dry-run=server -f FILE asks the API server what it says of a manifest itself",
            ]
          : ["there is no rule, cause or number of that name"],
      head: {},
      lists: pages.map(({ id, text }) => [
        id,
        text
          .split(/\n{2,}/)
          .map((part) => part.trim())
          .filter((part) => part !== "" && !part.startsWith("<!--")),
      ]),
    };
  },
};

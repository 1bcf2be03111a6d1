import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";

/** As much of VS Code as is there when somebody is led to the news. */
interface Item {
  text?: string;
  command?: { command: string };
  disposed?: boolean;
  dispose(): void;
}
const shown: Item[] = [];
const editor = {
  languages: {
    createLanguageStatusItem: () => {
      const item: Item = { dispose: () => Object.assign(item, { disposed: true }) };
      shown.push(item);
      return item;
    },
  },
  window: { createOutputChannel: () => ({ info: () => undefined, error: () => undefined }) },
  workspace: { workspaceFolders: undefined },
};
Object.assign(globalThis, { editor });
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? {
          url: "data:text/javascript,export const { languages, window, workspace } = globalThis.editor",
          shortCircuit: true,
        }
      : next(specifier, context),
});
const { newsSeen, offerNews } = await import("#client/news.ts");

/** An extension of a version, with what an earlier one has kept. */
function contextOf(version: string, kept: Map<string, unknown>): Parameters<typeof offerNews>[0] {
  const globalState = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  return { extension: { packageJSON: { version } }, globalState } as unknown as Parameters<typeof offerNews>[0];
}

test("after an update a line leads to what is new, until somebody has been there; nothing after an installation", async () => {
  const kept = new Map<string, unknown>();
  offerNews(contextOf("0.1.0", kept));
  offerNews(contextOf("0.1.0", kept));
  assert.equal(shown.length, 0, "who has installed it has been updated from nothing");
  offerNews(contextOf("0.2.0", kept));
  offerNews(contextOf("0.2.0", kept));
  assert.equal(shown.length, 2, "in each window, as long as nobody has looked");
  assert.equal(shown[1]?.text, "kube-ipv6 was updated to 0.2.0");
  assert.equal(shown[1]?.command?.command, "kube-ipv6.whatsNew");
  await newsSeen(contextOf("0.2.0", kept));
  assert.equal(shown[1]?.disposed, true);
  offerNews(contextOf("0.2.0", kept));
  assert.equal(shown.length, 2);
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type GitApi, textInHead } from "#client/git.ts";

/** What VS Code's git extension is, seen from outside: one repository in which HEAD has one file. */
function git(state: GitApi["state"] = "initialized") {
  const listeners = new Set<(state: GitApi["state"]) => void>();
  const repository = {
    show: async (ref: string, path: string) => {
      if (`${ref}:${path}` !== "HEAD:/repo/a.yaml") throw new Error("fatal: path does not exist in 'HEAD'");
      return "kind: Service\n";
    },
  };
  const api = {
    state,
    onDidChangeState: (listener: (state: GitApi["state"]) => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    getRepository: ({ fsPath }: { fsPath: string }) =>
      api.state === "initialized" && fsPath.startsWith("/repo/") ? repository : null,
  };
  const found = () => {
    api.state = "initialized";
    for (const listener of listeners) listener("initialized");
  };
  return { api, found, listeners };
}

describe("a file as git HEAD has it", () => {
  it("is its text there", async () => {
    assert.equal(await textInHead(git().api, { fsPath: "/repo/a.yaml" }), "kind: Service\n");
  });

  it("is nothing for a new file, and outside of every repository", async () => {
    assert.equal(await textInHead(git().api, { fsPath: "/repo/new.yaml" }), null);
    assert.equal(await textInHead(git().api, { fsPath: "/tmp/a.yaml" }), null);
  });

  it("is waited for while the repositories are still looked for", async () => {
    const { api, found, listeners } = git("uninitialized");
    const asked = textInHead(api, { fsPath: "/repo/a.yaml" });
    found();
    assert.equal(await asked, "kind: Service\n");
    assert.equal(listeners.size, 0, "nobody listens any longer");
  });

  it("is nothing if git does not come in time", async () => {
    assert.equal(await textInHead(git("uninitialized").api, { fsPath: "/repo/a.yaml" }, 10), null);
  });
});

/** What is used of the built-in git extension: https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts */
export interface GitApi {
  readonly state: "uninitialized" | "initialized";
  onDidChangeState(listener: (state: GitApi["state"]) => void): { dispose(): unknown };
  getRepository(uri: { readonly fsPath: string }): GitRepository | null;
}

export interface GitRepository {
  /** The text of a file in a commit; rejects for a file that is not in it. */
  show(ref: string, path: string): Promise<string>;
}

/** The name of the extension, and what it offers once it is active; `getAPI` throws where git is switched off. */
export const gitExtension = "vscode.git";
export interface GitExports {
  getAPI(version: 1): GitApi;
}

/**
 * A file as it is in git HEAD; null for one that HEAD does not have, or that is in no repository.
 *
 * @param patience milliseconds to wait for repositories that are still being looked for
 */
export async function textInHead(
  git: GitApi,
  uri: { readonly fsPath: string },
  patience = 10_000,
): Promise<string | null> {
  await initialized(git, patience);
  const repository = git.getRepository(uri);
  if (repository === null) return null;
  return repository.show("HEAD", uri.fsPath).catch(() => null);
}

async function initialized(git: GitApi, patience: number): Promise<void> {
  if (git.state === "initialized") return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
    const timer = setTimeout(done, patience);
    const listening = git.onDidChangeState((state) => state === "initialized" && done());
  });
}

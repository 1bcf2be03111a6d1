import { Builds } from "#core/kustomize/builds.ts";
import { Patches } from "#core/lint/kustomize-patches.ts";
import { defaults, type Settings } from "#core/lint/settings.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";

/** The files of a repository by their paths, as the command line and the editor judge them: all of them, or those of one folder open. */
export function repository(
  files: Readonly<Record<string, string>>,
  open = Object.keys(files),
  more: Partial<Settings> = {},
) {
  const read = (path: string) => {
    const text = files[path.slice("/repo/".length)];
    return path.startsWith("/repo/") && text !== undefined ? { text } : undefined;
  };
  const isTop = (folder: string) => folder === "/repo";
  const patches = new Patches(read, isTop);
  const settings: Settings = {
    ...defaults,
    patch: (path) => patches.has(path),
    completed: (path) => patches.completes(path),
    ...more,
  };
  const builds = new Builds(
    rules,
    () => settings,
    (path) => workspace.file(path),
    read,
    isTop,
  );
  const workspace: Workspace = new Workspace(rules, { ...settings, builds });
  for (const path of Object.keys(files)) builds.know(`/repo/${path}`);
  for (const path of open) workspace.open(`/repo/${path}`, files[path] ?? "");
  return { workspace, said: () => open.flatMap((path) => saidOf(workspace, path)) };
}

/** "base/policy.yaml:10 network-policy-ipv4-any 0.0.0.0/0 matches ..." */
function saidOf(workspace: Workspace, path: string): string[] {
  const name = `/repo/${path}`;
  return workspace.check(name).flatMap(({ findings }, document) =>
    findings.map(({ start, rule, message, fixes }) => {
      const line = (workspace.file(name)?.position(document, start).line ?? -1) + 1;
      return `${path}:${line} ${rule}${fixes.length > 0 ? " (fix)" : ""} ${message}`;
    }),
  );
}

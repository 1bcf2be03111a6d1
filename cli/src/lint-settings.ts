import type { Configs } from "#core/lint/config-files.ts";
import type { Patches } from "#core/lint/kustomize-patches.ts";
import { objectsOfText, sameObject } from "#core/lint/previous.ts";
import { defaults, type Settings } from "#core/lint/settings.ts";
import { ManifestFile } from "#core/manifest/file.ts";
import type { Resource } from "#core/manifest/resource.ts";
import type { Unjudged } from "#core/report/unjudged.ts";
import { UsageError } from "./command.ts";
import { readNamedText } from "./files.ts";
import { rangesOption, shapeOption, versionOption } from "./options.ts";
import { problemsOf } from "./read-documents.ts";

/** What the options say of all files, before what the settings of their folders say. `before`: the objects as they are now. */
export function lintSettings(
  values: { cluster?: string; kubernetes?: string; "service-cidr"?: string },
  configs: Configs,
  patches: Patches,
  before: readonly Resource[],
): Settings {
  const cluster = shapeOption(values.cluster);
  const kubernetes = versionOption(values.kubernetes);
  const ranges = rangesOption(values["service-cidr"]);
  return {
    ...defaults,
    of: (path) => {
      const config = configs.of(path)?.config;
      const serviceCIDRs = ranges ?? config?.serviceCIDRs;
      return {
        ...(serviceCIDRs ? { serviceCIDRs } : {}),
        cluster: cluster ?? config?.cluster ?? defaults.cluster,
        kubernetes: kubernetes ?? config?.kubernetes ?? defaults.kubernetes,
        severities: config?.rules ?? {},
      };
    },
    scope: (path) => configs.scopeOf(path),
    patch: (path) => patches.has(path),
    completed: (path) => patches.completes(path),
    ...(before.length > 0 ? { old: (_, resource) => sameObject(before, resource) } : {}),
  };
}

/** The objects of `--old`, and what of it could not be read: of that nobody knows what an update may not change. */
export function oldObjects(path: string | undefined): { objects: readonly Resource[]; unjudged: readonly Unjudged[] } {
  if (path === undefined) return { objects: [], unjudged: [] };
  const result = readNamedText(path);
  if ("why" in result) throw new UsageError(`--old ${path}: ${result.why}`);
  return { objects: objectsOfText(result.text), unjudged: problemsOf(path, new ManifestFile(result.text)) };
}

import { type Stats, unwatchFile, watchFile } from "node:fs";
import { type KubeconfigOptions, kubeconfigFiles } from "./kubeconfig.ts";

/** Milliseconds between two looks at a file. */
const interval = 1_000;

/**
 * Calls the listener when a file of the kubeconfig was written, replaced, made or removed. Returns what ends it.
 *
 * It looks once a second instead of waiting for the file system's own events: those miss network homes, files behind
 * symbolic links, and folders that are not there yet, and a kubeconfig may be all of these.
 */
export function onKubeconfigChange(options: KubeconfigOptions, listener: () => void): () => void {
  const files = kubeconfigFiles(options);
  const compare = (now: Stats, before: Stats) => {
    if (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino) listener();
  };
  for (const file of files) watchFile(file, { interval, persistent: false }, compare);
  return () => {
    for (const file of files) unwatchFile(file, compare);
  };
}

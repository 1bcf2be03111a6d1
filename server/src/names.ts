import { fileURLToPath, pathToFileURL } from "node:url";
import { slashed } from "#files/slashed.ts";

/**
 * Documents go by one name, however the client spells their URI: files by their path with `/` between its parts, as
 * core wants it; what is no file by its URI.
 */
export function nameOf(uri: string): string {
  if (!uri.startsWith("file:")) return uri;
  try {
    return slashed(fileURLToPath(uri));
  } catch {
    // A file on another host, or an escape that stands for a slash: no path, but still a name.
    return uri;
  }
}

export function isPath(name: string): boolean {
  return /^(?:\/|[A-Za-z]:\/)/.test(name);
}

/** The URI of a document that the client has not named yet. */
export function uriOf(name: string): string {
  return isPath(name) ? pathToFileURL(name).href : name;
}

import { fileURLToPath, pathToFileURL } from "node:url";
import { slashed } from "#files/slashed.ts";

/** How clients spell the URIs of what lies in folders that are on no disk, by its name. */
const spelled = new Map<string, string>();

/**
 * Documents go by one name, however the client spells their URI: files by their path with `/` between its parts, as
 * core wants it; what lies elsewhere by its URI without escapes.
 */
export function nameOf(uri: string): string {
  try {
    if (uri.startsWith("file:")) return slashed(fileURLToPath(uri));
    if (!isPlaced(uri)) return uri;
    const name = decodeURIComponent(uri);
    if (name !== uri) spelled.set(name, uri);
    return name;
  } catch {
    // A file on another host, or an escape that stands for a slash or for nothing: no path, but still a name.
    return uri;
  }
}

/** A file of this machine. */
export function isPath(name: string): boolean {
  return /^(?:\/|[A-Za-z]:\/)/.test(name);
}

/** It lies in a folder, on a disk or elsewhere: settings may stand beside it. */
export function isPlaced(name: string): boolean {
  return isPath(name) || /^[a-z][a-z0-9+.-]+:\/\/[^/]*\//.test(name);
}

/** The URI of a document that the client has not named yet. */
export function uriOf(name: string): string {
  return isPath(name) ? pathToFileURL(name).href : (spelled.get(name) ?? name);
}

/** With `/` between its parts on every system, as core spells paths. */
export function slashed(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}

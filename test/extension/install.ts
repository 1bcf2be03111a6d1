import { execFileSync } from "node:child_process";
import path from "node:path";
import { SERVER_MAIN } from "#test/host/server.ts";

/** Installs a package of the extension, as `code --install-extension` does, and gives the folder with the extensions. */
export function installVsix(vsix: string, folder: string): string {
  const extensionsDir = path.join(folder, ".extensions");
  const install = ["--install-extension", path.resolve(vsix), "--extensions-dir", extensionsDir];
  execFileSync(process.execPath, [SERVER_MAIN, ...install, "--server-data-dir", path.join(folder, ".data")], {
    stdio: "pipe",
  });
  return extensionsDir;
}

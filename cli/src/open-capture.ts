import { CaptureFile } from "#cluster/capture-file.ts";
import { reason } from "#files/reason.ts";
import { UsageError } from "./command.ts";

/** What ends a capture in good order: what was taken is kept, what was created removed. */
export const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function openCapture(path: string, overwrite: boolean): CaptureFile {
  try {
    return new CaptureFile(path, overwrite);
  } catch (error) {
    throw new UsageError(`--save ${path}: ${reason(error)}`, ["--overwrite lets a file go that is there already."]);
  }
}

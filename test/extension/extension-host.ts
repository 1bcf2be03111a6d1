import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** The process that runs extensions, of the server that was started with a folder as its HOME. */
export async function extensionHost(home: string): Promise<number> {
  // The page is there before it is.
  for (let attempt = 0; attempt < 100; attempt++) {
    const pid = found(home);
    if (pid !== undefined) return pid;
    await wait(200);
  }
  throw new Error("there is no extension host");
}

function found(home: string): number | undefined {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const [command, environment] = ["cmdline", "environ"].map((name) => readFileSync(`/proc/${pid}/${name}`, "utf8"));
      if (command?.includes("--type=extensionHost") && environment?.includes(`HOME=${home}\0`)) return Number(pid);
    } catch {
      // It has ended meanwhile, or is somebody else's.
    }
  }
  return undefined;
}

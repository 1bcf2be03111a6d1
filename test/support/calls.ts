import { Session } from "node:inspector";

/** How often functions of core are called while something is done: a measure of work that no busy machine changes. */
export function callsOf(act: () => void): number {
  const session = new Session();
  session.connect();
  try {
    session.post("Profiler.enable");
    session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    act();
    let calls = 0;
    session.post("Profiler.takePreciseCoverage", (error, { result }) => {
      if (error) throw error;
      const own = result.filter(({ url }) => url.includes("/core/src/"));
      for (const { functions } of own) for (const { ranges } of functions) calls += ranges[0]?.count ?? 0;
    });
    return calls;
  } finally {
    session.disconnect();
  }
}

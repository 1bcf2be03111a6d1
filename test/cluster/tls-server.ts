import type { TestContext } from "node:test";
import type { certificateAuthority } from "./certificates.ts";
import { type Asked, type Reply, replay, startReplay } from "./replay.ts";

export type Authority = Awaited<ReturnType<typeof certificateAuthority>>;

/** As a kubeconfig holds certificates and keys. */
export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

export interface Served {
  readonly names?: readonly string[];
  /** Until its certificate expires. */
  readonly days?: number;
  readonly answer?: (asked: Asked) => Reply;
}

/** A server whose certificate an authority signed; it ends with the test. */
export async function tlsServer(
  test: TestContext,
  authority: Authority,
  { names = ["127.0.0.1"], days = 1, answer = () => replay("discovery/version") }: Served = {},
) {
  const server = await startReplay(answer, await authority.sign("apiserver", names, days));
  test.after(() => server.close());
  return { ...server, url: `https://127.0.0.1:${server.port}` };
}

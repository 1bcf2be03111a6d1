import type { Cluster } from "../cluster/cluster.ts";
import type { CaptureWay } from "./ways.ts";
import { pointName, type Wish } from "./wish.ts";
import { captureWords } from "./words.ts";

/** What somebody agrees to before packets are taken at two nodes: the words of each capture, and behind `---` all that is created. */
export function pairWords(
  cluster: Pick<Cluster, "context" | "server">,
  wishes: readonly [Wish, Wish],
  from: readonly [CaptureWay, CaptureWay],
  files: readonly string[],
): string[] {
  const each = wishes.map((wish, index) => {
    const way = from[index] as CaptureWay;
    const words = captureWords(wish, way.kind === "running" ? way.container : way.outpost, {
      ...cluster,
      file: files[index] ?? "",
    });
    const body = words.indexOf("---");
    return { said: words.slice(1, body < 0 ? undefined : body - 1), body: body < 0 ? [] : words.slice(body) };
  });
  const [one, other] = wishes.map((wish) => pointName(wish));
  const bodies = each.flatMap(({ body }) => body);
  return [
    `kube-ipv6 would capture packets of ${one}, and of ${other}, at once; when either ends, both do.`,
    // What is the same for both is said once.
    ...new Set([...each.flatMap(({ said: [through = ""] }) => through), ...each.flatMap(({ said }) => said.slice(1))]),
    ...(bodies.length > 0 ? ["Word for word:", ...bodies] : []),
  ];
}

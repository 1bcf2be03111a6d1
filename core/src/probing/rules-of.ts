import type { Reading } from "./bundle.ts";
import type { Container } from "./containers.ts";
import type { ExecQuestion } from "./probe.ts";

/** Characters of a ruleset that is kept for a second question; those of large clusters have many times as many. */
const most = 1_000_000;

/** The nftables rules of a vantage as they were read, and by whom. */
export interface RulesRead {
  readonly container: Container;
  readonly reading: Reading;
}

/** undefined where the reading holds no ruleset that is worth keeping. */
export function rulesRead(container: Container, reading: Reading): RulesRead | undefined {
  const rules = reading.nft();
  return rules.ok && rules.value.length <= most ? { container, reading } : undefined;
}

/** Whether nothing is asked but what nftables holds. */
export function asksRules(questions: readonly ExecQuestion[]): boolean {
  return questions.every(({ probe, args }) => probe.wants(args).every(({ op }) => op === "nft"));
}

/** kube-proxy's image has nft, and those of most network plugins have not. https://github.com/kubernetes/release/tree/master/images/build/distroless-iptables */
export function withNftFirst(containers: readonly Container[]): readonly Container[] {
  const has = ({ image, outpost }: Container) => outpost !== undefined || /(^|\/)kube-proxy[^/]*$/.test(image);
  return [...containers.filter(has), ...containers.filter((one) => !has(one))];
}

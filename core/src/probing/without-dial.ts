import type { Refusal } from "../cluster/cluster.ts";
import type { ExecQuestion } from "./probe.ts";
import { dials, surrounds } from "./want.ts";

/** "Before" and "after" with nothing between them would say that nothing moved. */
export const aimless: Refusal = { reason: "failed", message: "read without a dial, which tells nothing" };

/** The questions of one exec that would be answered around a dial, where it holds none. */
export function withoutDial(questions: readonly ExecQuestion[]): ExecQuestion[] {
  const wants = ({ probe, args }: ExecQuestion) => probe.wants(args);
  if (questions.some((one) => wants(one).some(dials))) return [];
  return questions.filter((one) => wants(one).some(surrounds));
}

import type { Served } from "../tool.ts";
import { address } from "./address.ts";
import { diagnose } from "./diagnose.ts";
import { explain } from "./explain.ts";
import { lint } from "./lint.ts";
import { plan } from "./plan.ts";
import { policy } from "./policy.ts";
import { read } from "./read.ts";

/** In the order in which agents see them: what they ask most comes first. */
export const tools: readonly Served[] = [lint, diagnose, policy, plan, address, explain, read];

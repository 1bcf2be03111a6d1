import type { Served } from "../tool.ts";
import { tool as address } from "./address.ts";
import { tool as diagnose } from "./diagnose.ts";
import { tool as explain } from "./explain.ts";
import { tool as lint } from "./lint.ts";
import { tool as plan } from "./plan.ts";
import { tool as policy } from "./policy.ts";
import { tool as read } from "./read.ts";

/** In the order in which agents see them: what they ask most comes first. */
export const tools: readonly Served[] = [lint, diagnose, policy, plan, address, explain, read];

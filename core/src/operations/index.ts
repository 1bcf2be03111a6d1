import { address } from "./address.ts";
import { completion } from "./completion.ts";
import { diagnose } from "./diagnose.ts";
import { explain } from "./explain.ts";
import { exporting } from "./export.ts";
import { lint } from "./lint.ts";
import { left } from "./left.ts";
import { lsp } from "./lsp.ts";
import { mcp } from "./mcp.ts";
import type { Operation } from "./operation.ts";
import { plan } from "./plan.ts";
import { policy } from "./policy.ts";
import { services } from "./services.ts";
import { ranges } from "./ranges.ts";
import { compare } from "./compare.ts";
import { migrate } from "./migrate.ts";
import { read } from "./read.ts";
import { readiness } from "./readiness.ts";
import { rbac } from "./rbac.ts";

/** In the order in which help lists them. */
export const operations: readonly Operation[] = [lint, diagnose, left, policy, plan,
  readiness, services, ranges, migrate, compare, address, explain, read, rbac, exporting, completion, lsp, mcp];

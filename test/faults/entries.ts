import type { Entry, Faults, Run } from "./case.ts";
import { shapes, shapesOf } from "./shapes.ts";
import { applicationFaults } from "./tables/applications.ts";
import { filterFaults } from "./tables/filters.ts";
import { globalPodFaults } from "./tables/global-pods.ts";
import { healthy } from "./tables/healthy.ts";
import { kernelFaults } from "./tables/kernel.ts";
import { linkFaults } from "./tables/links.ts";
import { lookalikes } from "./tables/lookalikes.ts";
import { nameFaults } from "./tables/names.ts";
import { nodeFaults } from "./tables/nodes.ts";
import { pairs } from "./tables/pairs.ts";
import { pluginFaults } from "./tables/plugins.ts";
import { routeFaults } from "./tables/routes.ts";
import { serviceFaults } from "./tables/services.ts";

const faults = [
  kernelFaults,
  nodeFaults,
  pluginFaults,
  routeFaults,
  linkFaults,
  globalPodFaults,
  filterFaults,
  serviceFaults,
  nameFaults,
  applicationFaults,
];

export const entries: readonly Entry[] = [
  ...faults.flatMap((table: Faults) =>
    Object.entries(table).flatMap(([id, cases]) => [cases].flat().map((one) => ({ ...one, id, causes: [id] }))),
  ),
  ...[...healthy, ...lookalikes].map((one) => ({ ...one, id: "healthy", causes: [] })),
  ...Object.entries(pairs).map(([id, one]) => ({ ...one, id, causes: id.split(" + ") })),
];

/** Every entry on every cluster it can stand on. */
export const runs: readonly Run[] = entries.flatMap((entry) => shapesOf(entry).map((shape) => ({ entry, shape })));

/** Every entry on one of them, another one from entry to entry. `npm run lab:faults -- --chosen` makes them. */
export const chosen: readonly Run[] = entries.flatMap((entry, index) => {
  const own = shapesOf(entry);
  const shape = own[index % own.length];
  return shape ? [{ entry, shape }] : [];
});

/** What `npm test` makes: a quarter of them, in pieces that come by all clusters. */
export const quarter: readonly Run[] = chosen.filter((_, index) => Math.floor(index / shapes.length) % 4 === 0);

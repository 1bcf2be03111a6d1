import type { AddressPath } from "../address-fields.ts";

export const coreAddresses: readonly AddressPath[] = [];

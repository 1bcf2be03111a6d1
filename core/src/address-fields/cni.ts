import type { AddressPath } from "../address-fields.ts";

export const cniAddresses: readonly AddressPath[] = [];

/** What `encapsulation` of an Installation's pool may say, in the order in which the API server lists it. */
export const encapsulations: readonly string[] = ["IPIPCrossSubnet", "IPIP", "VXLAN", "VXLANCrossSubnet", "None"];

/** One packet as it stands in a file. */
export interface CapturedPacket {
  /** Counted from 1, as Wireshark's frame.number. */
  readonly number: number;
  /** Milliseconds since the epoch, with fractions; undefined where the file has no times. */
  readonly time: number | undefined;
  /** LINKTYPE_...: {@link https://www.tcpdump.org/linktypes.html} */
  readonly link: number;
  /** The interface's name, where the file has one. */
  readonly interface?: string;
  /** What was kept of it. */
  readonly bytes: Uint8Array;
  /** Bytes it had. */
  readonly length: number;
}

/** What a file says of itself. */
export interface CaptureDescription {
  readonly format: "pcap" | "pcapng";
  readonly packets: number;
  /** Bytes kept of a packet at most. */
  readonly snaplen: number | undefined;
  /** The filters it was captured with, where the file tells. */
  readonly filters: readonly string[];
  /** Packets that were lost while it was captured, where the file tells. */
  readonly dropped: number | undefined;
  /** Completes "of the file only a part was read: ". */
  readonly problem?: string;
}

/** Packets that are read of one file: more than that nobody reads in words. */
export const mostPackets = 1_000_000;

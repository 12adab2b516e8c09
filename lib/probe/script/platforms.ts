/** What common network gear calls things. */

/** One kind of device. */
export interface Platform {
  /** What its prompt looks like at the end of the output. */
  readonly prompt?: RegExp;
  /** What turns paging off. */
  readonly paging?: readonly string[];
  /** What enters privileged mode. */
  readonly enable?: string;
}

/** The kinds of devices that a script can name as its `platform`. */
export const PLATFORMS: Readonly<Record<string, Platform>> = {
  "cisco-ios": { prompt: /^[\w.-]+(\([\w-]+\))?[>#]\s?$/, paging: ["terminal length 0"] },
  "cisco-nxos": { prompt: /^[\w.-]+(\([\w-]+\))?[>#]\s?$/, paging: ["terminal length 0"] },
  "cisco-iosxr": { prompt: /^RP\/[\w/]+:[\w.-]+(\([\w-]+\))?#\s?$/, paging: ["terminal length 0"] },
  "arista-eos": { prompt: /^[\w.-]+(\([\w-]+\))?[>#]\s?$/, paging: ["terminal length 0"] },
  "juniper-junos": {
    prompt: /^(\{[\w:-]+\}\s*)?[\w.-]+@[\w.-]+[>#%]\s?$/,
    paging: ["set cli screen-length 0", "set cli screen-width 0"],
  },
  "nokia-srlinux": { prompt: /^(--\{[^}]*\}--\[[^\]]*\]--\s*)?[AB]?:?[\w.@-]+#\s?$/ },
  "huawei-vrp": { prompt: /^[<[][\w.~-]+[>\]]\s?$/, paging: ["screen-length 0 temporary"] },
  "mikrotik-routeros": { prompt: /^\[[^\]]+\]\s?(\/[\w/-]*)?>\s?$/ },
  "linux": { prompt: /[$#%>]\s?$/ },
};

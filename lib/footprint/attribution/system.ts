/**
 * The places that a system has for certain things, for files that no package manager lists: caches that
 * are generated, settings, certificates, data of time zones.
 *
 * Sources: Filesystem Hierarchy Standard 3.0; ld.so(8); locale(7); tzset(3); nsswitch.conf(5);
 * fonts-conf(5); terminfo(5).
 */
import { basename } from "node:path";
import { isWithin } from "./_files.ts";
import type { Rule, RuleContext } from "./types.ts";

/** A place: folders and files, and what is in them. */
interface Place {
  rule: string;
  owner: string;
  within: readonly string[];
}

const NAME_SERVICE = [
  ...[
    "nsswitch.conf",
    "hosts",
    "resolv.conf",
    "host.conf",
    "gai.conf",
    "passwd",
    "group",
    "shadow",
  ],
  ...["services", "protocols", "networks", "netgroup", "ethers", "hostname"],
].map((name) => `/etc/${name}`);

const PLACES: readonly Place[] = [
  {
    rule: "loader-cache",
    owner: "system:loader",
    within: ["/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/ld.so.conf", "/etc/ld.so.conf.d"],
  },
  {
    rule: "locale",
    owner: "system:locale",
    within: [
      "/usr/lib/locale",
      "/usr/share/locale",
      "/usr/share/i18n",
      "/etc/locale.conf",
      "/etc/locale.gen",
      "/etc/locale.alias",
      "/etc/default/locale",
    ],
  },
  {
    rule: "certificates",
    owner: "system:certificates",
    within: [
      "/etc/ssl",
      "/etc/pki",
      "/etc/ca-certificates",
      "/usr/share/ca-certificates",
      "/usr/local/share/ca-certificates",
      "/var/lib/ca-certificates",
    ],
  },
  {
    rule: "time-zone",
    owner: "system:time-zone",
    within: ["/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo", "/etc/adjtime"],
  },
  {
    rule: "fonts",
    owner: "system:fonts",
    within: ["/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/var/cache/fontconfig"],
  },
  {
    rule: "terminal",
    owner: "system:terminal",
    within: [
      "/usr/share/terminfo",
      "/lib/terminfo",
      "/usr/lib/terminfo",
      "/etc/terminfo",
      "/etc/termcap",
      "/etc/inputrc",
    ],
  },
  { rule: "name-service", owner: "system:name-service", within: NAME_SERVICE },
  {
    rule: "configuration",
    owner: "system:configuration",
    within: ["/etc", "/usr/etc", "/usr/local/etc"],
  },
];

/** Folders of settings in a home folder. */
const SETTINGS = new Set([
  ...[".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker", ".config", ".vim", ".emacs.d"],
  ...[".ansible", ".snmp", ".pki", ".java"],
]);
/** Where the loader looks, as ld.so(8) and distributions have it. */
const LIBRARIES = /^\/(?:usr\/(?:local\/)?)?lib(?:32|64|x32)?\//;
const LIBRARY_NAME = /\.so(?:\.\d+)*$/;

function named(env: Readonly<Record<string, string>>, names: readonly string[]): string[] {
  return names.map((name) => env[name]).filter((v) =>
    v !== undefined && v.startsWith("/")
  ) as string[];
}

/** Makes the rule for the places of the system and of the user. */
export function system(context: RuleContext): Rule {
  const { env, home } = context;
  const certificates = named(env, [
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "CURL_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "DENO_CERT",
  ]);
  const config = named(env, ["XDG_CONFIG_HOME"])[0] ?? `${home}/.config`;
  const cache = named(env, ["XDG_CACHE_HOME"])[0] ?? `${home}/.cache`;
  const data = [
    named(env, ["XDG_DATA_HOME"])[0] ?? `${home}/.local/share`,
    named(env, ["XDG_STATE_HOME"])[0] ?? `${home}/.local/state`,
  ];
  const places: Place[] = [
    { rule: "certificates", owner: "system:certificates", within: certificates },
    ...PLACES,
    {
      rule: "fonts",
      owner: "system:fonts",
      within: [`${home}/.fonts`, `${cache}/fontconfig`, `${data[0]}/fonts`],
    },
    { rule: "terminal", owner: "system:terminal", within: [`${home}/.terminfo`] },
    { rule: "user-configuration", owner: "user:configuration", within: [config] },
    { rule: "user-cache", owner: "user:cache", within: [cache] },
    { rule: "user-data", owner: "user:data", within: data },
  ];

  return {
    find(path) {
      const place = places.find(({ within }) => within.some((folder) => isWithin(path, folder)));
      if (place !== undefined) return { owner: place.owner, rule: place.rule };
      if (/\/gconv\/(?:gconv-modules(?:\.cache|\.d\/.*)?|[^/]+\.so)$/.test(path)) {
        return { owner: "system:locale", rule: "locale" };
      }
      if (LIBRARIES.test(path) && LIBRARY_NAME.test(basename(path))) {
        return { owner: "system:library", rule: "shared-library" };
      }
      if (home === "/" || !path.startsWith(`${home}/.`)) return undefined;
      // ~/.gitconfig is a setting; a folder such as ~/.pyenv belongs to what it is named after.
      const [name, ...inner] = path.slice(home.length + 1).split("/");
      return inner.length === 0 || SETTINGS.has(name!)
        ? { owner: "user:configuration", rule: "user-configuration" }
        : { owner: `user:${name}`, rule: "user-folder" };
    },
  };
}

/** Makes the rule for places where files come and go. */
export function volatile(context: RuleContext): Rule {
  const { env } = context;
  const temporary = ["/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", ...named(env, ["TMPDIR"])];
  return {
    find(path) {
      if (temporary.some((folder) => isWithin(path, folder))) {
        return { owner: "user:temporary", rule: "temporary" };
      }
      if (isWithin(path, "/var") || isWithin(path, "/run")) {
        return { owner: "system:state", rule: "system-state" };
      }
      const local = /^\/(?:usr\/local|opt\/[^/]+)(?=\/)/.exec(path)?.[0];
      return local === undefined ? undefined : { owner: `local:${local}`, rule: "local-software" };
    },
  };
}

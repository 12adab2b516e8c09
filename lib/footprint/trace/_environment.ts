/** Variables of the environment that select files. */

/** Read by loaders, runtimes and libraries when they look for files. */
const SELECTING: readonly string[] = [
  ...["LD_LIBRARY_PATH", "LD_PRELOAD", "LD_AUDIT", "LD_BIND_NOW"],
  ...["PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONSTARTUP", "PYTHONPYCACHEPREFIX"],
  ...["PYTHONNOUSERSITE", "PYTHONDONTWRITEBYTECODE", "PYTHONSAFEPATH", "VIRTUAL_ENV"],
  ...["NODE_PATH", "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "NPM_CONFIG_PREFIX"],
  ...["DENO_DIR", "DENO_INSTALL_ROOT", "DENO_CERT", "DENO_NO_PACKAGE_JSON"],
  ...["GOPATH", "GOROOT", "GOMODCACHE", "GOCACHE", "GOFLAGS"],
  ...["CARGO_HOME", "RUSTUP_HOME", "CLASSPATH", "JAVA_HOME", "PERL5LIB", "RUBYLIB", "GEM_PATH"],
  ...["LOCPATH", "NLSPATH", "TZ", "TZDIR", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES"],
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "OPENSSL_CONF", "OPENSSL_MODULES"],
  ...["XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_HOME", "XDG_DATA_DIRS", "XDG_CACHE_HOME"],
  ...["RES_OPTIONS", "HOSTALIASES", "GCONV_PATH", "MAGIC", "TERMINFO", "TMPDIR"],
];

/**
 * Chooses the variables that select files.
 *
 * @param env An environment.
 * @returns Those that are set.
 */
export function selectingVariables(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    SELECTING.flatMap((name) => env[name] === undefined ? [] : [[name, env[name]]]),
  );
}

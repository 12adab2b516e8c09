/** Templates of all exporters, kept within bounds. */
import type { Template } from "./_templates.ts";

/** Templates of one exporter's domain at most; the oldest goes. */
export const MAX_TEMPLATES = 1024;
/** Exporters' domains at most; that which was heard longest ago goes with its templates. */
export const MAX_DOMAINS = 1024;
/** Fields of all templates of all exporters at most. */
export const MAX_FIELDS_IN_ALL = 500_000;

/** Templates of one exporter's domain. */
export type Templates = Map<number, Template>;

/** Templates of all exporters. */
export interface TemplateStore {
  /** Those of one domain. */
  of(address: string, domain: number, format: string): Templates;
  /** Learns one. */
  learn(templates: Templates, template: Template): void;
  /** Forgets one that its exporter took back. */
  withdraw(templates: Templates, id: number): void;
  /** Templates that were read, and those that had to go. */
  readonly counts: { learned: number; evicted: number };
}

/** Makes an empty store. */
export function createTemplateStore(): TemplateStore {
  const domains = new Map<string, Templates>();
  const counts = { learned: 0, evicted: 0 };
  let fields = 0;

  function forget(templates: Iterable<Template>): void {
    for (const template of templates) {
      fields -= template.fields.length;
      counts.evicted++;
    }
  }

  /** Anybody can send templates: all of them together stay within the bound. */
  function shrink(kept: Templates): void {
    while (fields > MAX_FIELDS_IN_ALL) {
      const [[key, oldest] = []] = domains;
      if (key === undefined || oldest === undefined || oldest === kept) {
        const template = dropOldest(kept);
        if (template === undefined) return;
        forget([template]);
      } else {
        domains.delete(key);
        forget(oldest.values());
      }
    }
  }

  return {
    counts,
    of(address, domain, format) {
      const key = `${format} ${address} ${domain}`;
      const found = domains.get(key) ?? new Map();
      // Who was heard last goes last.
      domains.delete(key);
      if (domains.size >= MAX_DOMAINS) forget(dropOldest(domains)?.values() ?? []);
      domains.set(key, found);
      return found;
    },
    learn(templates, template) {
      fields += template.fields.length - (templates.get(template.id)?.fields.length ?? 0);
      // A template that is sent again moves to the end.
      templates.delete(template.id);
      if (templates.size >= MAX_TEMPLATES) forget([dropOldest(templates)!]);
      templates.set(template.id, template);
      counts.learned++;
      shrink(templates);
    },
    withdraw(templates, id) {
      fields -= templates.get(id)?.fields.length ?? 0;
      templates.delete(id);
    },
  };
}

function dropOldest<Key, Value>(map: Map<Key, Value>): Value | undefined {
  for (const [key, value] of map) {
    map.delete(key);
    return value;
  }
  return undefined;
}

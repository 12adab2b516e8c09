/** Hosts of an inventory, whatever its form. */

/** A host with all that groups and defaults say of it. */
export interface InventoryHost {
  /** Its name in the inventory; the label of its target. */
  readonly name: string;
  /** What is connected to: an address or a name. */
  readonly address: string;
  /** The port, if one is given. */
  readonly port?: number;
  /** All groups that it is in, its parents' too. */
  readonly groups: readonly string[];
  /**
   * Variables, the nearest value of each. Secrets are wrapped. `user`, `password`, `keyFile` and
   * `platform` have these names whatever the form calls them; the form's own names stay beside them.
   */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A list of hosts. */
export interface Inventory {
  /** Which of the forms it has. */
  readonly form: "versus" | "ansible" | "nornir";
  /** In the order of the file. */
  readonly hosts: readonly InventoryHost[];
  /** The names of all groups, those without hosts too. */
  readonly groups: readonly string[];
  /** What could not be read and was left out, such as what ansible-vault has encrypted. */
  readonly warnings: readonly string[];
}

/** Notifications as JSON. */
import type { NotificationMessage } from "../protos/gnmi.ts";
import { formatPath } from "./path.ts";
import type { GnmiNotification } from "./types.ts";
import { timeOf, valueOf } from "./value.ts";

/**
 * Makes JSON of a notification.
 *
 * @param message As a peer sent it.
 * @returns With whole paths: the prefix is part of each.
 * @throws {ProbeError} If a value is malformed.
 */
export function notificationOf(message: NotificationMessage): GnmiNotification {
  const { timestamp, prefix, update = [], delete: deleted = [] } = message;
  const time = timeOf(timestamp);
  return {
    ...(time === undefined ? {} : { time }),
    updates: update.map(({ path, val }) => ({
      path: formatPath(path, prefix),
      value: valueOf(val),
    })),
    ...(deleted.length === 0 ? {} : { deletes: deleted.map((path) => formatPath(path, prefix)) }),
  };
}

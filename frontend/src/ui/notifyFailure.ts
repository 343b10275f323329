import { notifications } from "@mantine/notifications";

import { text } from "@/text";

/** Tells, in passing, that something did not work. */
export function notifyFailure(title: string, message: string): void {
  notifications.show({ color: "red", title, message, closeButtonProps: { "aria-label": text.dismiss } });
}

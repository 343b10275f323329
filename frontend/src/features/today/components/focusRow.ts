/** The element of an appointment's row. */
export const rowId = (appointmentId: string) => `appointment-${appointmentId}`;

/** Moves the focus to a row whose buttons may be gone after a change. */
export function focusRow(appointmentId: string): void {
  document.getElementById(rowId(appointmentId))?.focus();
}

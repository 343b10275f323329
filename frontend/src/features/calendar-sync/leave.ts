/** Goes to a page of another site in this window. */
export function leaveFor(address: string): void {
  window.location.assign(address);
}

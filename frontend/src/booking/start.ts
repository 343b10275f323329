/** When an appointment shall start. */
export interface Start {
  at: Date | null;
  /** Whether the time is typed rather than picked from the free ones. */
  isTyped: boolean;
  /** Whether opening hours, time off, notice and horizon are set aside. */
  isOutsideAllowed: boolean;
}

/** No time yet. */
export const NO_START: Start = { at: null, isTyped: false, isOutsideAllowed: false };

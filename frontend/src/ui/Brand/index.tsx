/** The product's mark. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden focusable="false">
      <rect width="32" height="32" rx="9" fill="#0f635b" />
      <path
        d="M7.5 22.5c4 0 5.5-3 8.5-6.5s4.5-6.5 8.5-6.5"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <circle cx="9" cy="10.5" r="2.25" fill="#82c1b8" />
      <circle cx="23" cy="21.5" r="2.25" fill="#82c1b8" />
    </svg>
  );
}

import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

/**
 * `app → features → booking → plan, ui, api`, and no feature imports another. What lies in the same folder is imported by a
 * relative path and everything else as `@/…`, so that every crossing can be seen.
 */
const layers = [
  { root: "src/app", forbidden: [] },
  { root: "src/features/*", forbidden: ["@/app/**", "@/features/**"] },
  { root: "src/booking", forbidden: ["@/app/**", "@/features", "@/features/**"] },
  { root: "src/plan", forbidden: ["@/app/**", "@/features", "@/features/**", "@/booking/**"] },
  { root: "src/ui", forbidden: ["@/app/**", "@/features", "@/features/**", "@/booking/**", "@/plan/**"] },
  {
    root: "src/api",
    forbidden: ["@/app/**", "@/features", "@/features/**", "@/booking/**", "@/plan/**", "@/ui/**"],
  },
];
const depths = [
  { below: "", outside: ["..", "../**"] },
  { below: "/*", outside: ["../..", "../../**"] },
  { below: "/*/*", outside: ["../../..", "../../../**"] },
];
const boundaries = layers.flatMap(({ root, forbidden }) =>
  depths.map(({ below, outside }) => ({
    files: [`${root}${below}/*.{ts,tsx}`],
    ignores: ["**/*.test.*"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: [...forbidden, "@/testing/**"], message: "app → features → booking → plan, ui, api; features stay apart." },
            { group: outside, message: "Import what lies outside this folder as @/…" },
          ],
        },
      ],
    },
  })),
);

export default tseslint.config(
  { ignores: ["dist", "src/api/schema.d.ts"] },
  js.configs.recommended,
  { files: ["**/*.{js,mjs}"], languageOptions: { globals: globals.node } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      reactHooks.configs.flat["recommended-latest"],
      jsxA11y.flatConfigs.strict,
    ],
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "jsx-a11y/no-noninteractive-tabindex": ["error", { tags: ["main"], roles: [] }],
    },
  },
  // Playwright tells by its first parameter what a fixture needs, also when that is nothing.
  { files: ["e2e/**"], rules: { "no-empty-pattern": ["error", { allowObjectPatternsAsParameters: true }] } },
  ...boundaries,
);

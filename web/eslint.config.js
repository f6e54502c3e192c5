import { createNodeResolver, importX } from "eslint-plugin-import-x";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const deep = { group: ["@/domains/*/**"], message: "Import another domain through its index.ts only." };
const upward = {
  group: ["@/app/**", "**/../app/**"],
  message: "app/ puts domains together; nothing imports it.",
};
const out = { group: ["../../*"], message: "Leave your own folder with @/…, so that the border is seen." };

export default tseslint.config(
  { ignores: ["node_modules", "src/generated", "dist"] },
  ...tseslint.configs.strict,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat["recommended-latest"],
  {
    plugins: { "import-x": importX },
    languageOptions: { globals: { ...globals.browser } },
    settings: {
      "import-x/resolver-next": [
        createNodeResolver({
          extensions: [".ts", ".tsx", ".js"],
          alias: { "@": [new URL("./src", import.meta.url).pathname] },
        }),
      ],
      "import-x/extensions": [".ts", ".tsx"],
      "import-x/external-module-folders": ["node_modules"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
    },
    rules: {
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // a click on a row is a short cut; the same is always reached by a link or button in the row
      "jsx-a11y/no-autofocus": "off",
      "max-lines": ["error", { max: 400 }],
    },
  },
  {
    files: ["src/domains/**"],
    rules: { "no-restricted-imports": ["error", { patterns: [deep, upward, out] }] },
  },
  {
    files: ["src/kit/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@/domains/**"], message: "kit knows no domain." }, upward] },
      ],
    },
  },
  { files: ["scripts/**", "*.config.*"], languageOptions: { globals: { ...globals.node } } },
);

// Made by `npm run api` from spec/openapi.json; never edited.
export type paths = Record<never, never>;
export interface components {
  schemas: Record<string, never>;
}

export { SearchPalette } from "./SearchPalette";

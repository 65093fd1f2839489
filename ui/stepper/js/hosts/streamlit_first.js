// What stands before Streamlit draws anything: light or dark as the link has it, so that no page flashes.
import { schemeOfPage } from "./scheme.js";

export default function chooseFirst(query) {
  const theme = new URLSearchParams(query).get("theme");
  if (theme === "light" || theme === "dark") schemeOfPage().choose(theme);
}

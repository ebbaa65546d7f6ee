import { everyView } from "./every-view.mjs";

everyView("chromium");

import { everyView } from "./every-view.mjs";

everyView("firefox");

import { hostileWebmails } from "./hostile-webmails.mjs";

hostileWebmails("firefox");

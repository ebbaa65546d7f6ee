import { hostileWebmails } from "./hostile-webmails.mjs";

hostileWebmails("chromium");

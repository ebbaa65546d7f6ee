/* The first of iCloud Mail's three frames: it holds the program's. */
"use strict";
document.getElementById("application").src = `/applications/mail2/current/en-us/index.html${location.search}`;

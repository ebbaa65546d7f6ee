#!/bin/sh
# Makes sure that there is a browser to run the extension in. On Debian it is
# installed where that is possible without asking; elsewhere it says what to do.
set -eu
for b in chromium chromium-browser google-chrome firefox firefox-esr; do
	if command -v "$b" >/dev/null 2>&1; then
		exit 0
	fi
done
for app in "/Applications/Chromium.app" "/Applications/Firefox.app" "/Applications/Google Chrome.app"; do
	[ ! -d "$app" ] || exit 0
done
line="apt-get install -y chromium chromium-l10n firefox-esr firefox-esr-l10n-ja fonts-noto-cjk openssl"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "no browser found: $line" >&2
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive $line >/dev/null
	exit 0
fi
echo "No browser found. Install Chromium or Firefox; on Debian: sudo $line" >&2
exit 1

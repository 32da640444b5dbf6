"""Pages in a real browser: Debian's Chromium, driven by Playwright, against a server on the loopback address."""

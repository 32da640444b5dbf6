/**
 * The service worker of the SPARQL page, and of no other: its scope is that page's address.
 *
 * The network comes first, so that a new release is seen at once; without a network, what the page has put aside.
 */
const CACHE = "buendnis-sparql";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function answer(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.open(CACHE).then((cache) => cache.match(request, { ignoreSearch: true }));
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const mine = new URL(event.request.url).origin === self.location.origin;
  if (event.request.method === "GET" && mine) event.respondWith(answer(event.request));
});

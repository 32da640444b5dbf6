/** Put aside all that the page needs, so that it works without a network from then on. */

const CACHE = "buendnis-sparql";

/**
 * Register the service worker for the page and store what it has loaded.
 *
 * @param {string} root of the site, an address
 * @param {string[]} more addresses to store beside what the page has loaded
 * @returns {Promise<boolean>} whether the page now works offline
 */
export async function putAside(root, more) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  try {
    const script = new URL("sparql-sw.js", root);
    // Scopes are beginnings of addresses: these hold sparql.html, /sparql and sparql-worker.js, and no other page.
    await Promise.all(
      ["sparql", "en/sparql"].map((scope) => navigator.serviceWorker.register(script, { scope: new URL(scope, root).pathname })),
    );
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    const here = location.href.split("#")[0];
    const needed = new Set([here, ...loaded, ...more].filter((url) => new URL(url).origin === location.origin));
    await (await caches.open(CACHE)).addAll([...needed]);
    return true;
  } catch {
    return false; // a private window, a full disk, a host that serves no service worker: the page works all the same
  }
}

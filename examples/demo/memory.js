/**
 * Where the authorization server keeps sessions, grants, codes and refresh tokens: in memory, the oldest
 * dropped first. (Access tokens are JWTs and kept nowhere.) A real one has a database here.
 */
const MOST = 10_000

export function memory() {
  const store = new Map()
  return (model) => ({
    upsert: async (id, payload) => {
      store.set(`${model}:${id}`, payload)
      if (store.size > MOST) store.delete(store.keys().next().value)
    },
    find: async (id) => store.get(`${model}:${id}`),
    findByUid: async (uid) => {
      for (const [key, payload] of store)
        if (key.startsWith(`${model}:`) && payload.uid === uid) return payload
    },
    findByUserCode: async () => undefined,
    consume: async (id) => {
      store.get(`${model}:${id}`).consumed = Math.floor(Date.now() / 1_000)
    },
    destroy: async (id) => {
      store.delete(`${model}:${id}`)
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, payload] of store) if (payload.grantId === grantId) store.delete(key)
    },
  })
}

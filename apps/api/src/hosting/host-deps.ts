import type { ObjectStore } from '../adapters/object-store.ts'
import type { Crypto } from '../core/crypto.ts'
import type { Database } from '../core/in-tenant.ts'
import type { Listener } from '../core/listener.ts'

/** What the game host needs of the server's parts. It knows nothing of sessions, mail or modules. */
export interface HostDeps {
  config: {
    publicOrigin: string
    gamesOrigin: string
    trustProxy: false | ((address: string, hop: number) => boolean)
  }
  db: Database
  listener: Pick<Listener, 'on'>
  store: Pick<ObjectStore, 'get'>
  crypto: Pick<Crypto, 'readToken' | 'blindIndex'>
}

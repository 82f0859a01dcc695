import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Permission } from '@sparkle/shared/permissions'
import type { CdnPurge } from '../adapters/cdn-purge.ts'
import type { Mailer } from '../adapters/mail.ts'
import type { ObjectStore } from '../adapters/object-store.ts'
import type { Shared } from '../adapters/shared-state.ts'
import type { SmsSender } from '../adapters/sms.ts'
import type { VirusScanner } from '../adapters/virus-scan.ts'
import type { TxtRecords } from '../adapters/txt-records.ts'
import type { PushSender } from '../adapters/web-push.ts'
import type { Config } from '../config.ts'
import type { Actor, PublicActor, Reviewer, UserActor } from '../core/actor.ts'
import type { Crypto } from '../core/crypto.ts'
import type { Database, TenantRead, TenantTx } from '../core/in-tenant.ts'
import type { Listener } from '../core/listener.ts'

/** Everything the server needs from outside. Entry points make it; tests make their own. */
export interface Deps {
  config: Config
  db: Database
  listener: Listener
  store: ObjectStore
  scanner: VirusScanner
  mailer: Mailer
  sms: SmsSender
  /** Null where this installation has no key for web push. */
  push: PushSender | null
  txtRecords: TxtRecords
  /** Null where no CDN wants to be told. */
  cdnPurge: CdnPurge | null
  shared: Shared
  crypto: Crypto
  jwtSecret: string
}

/** Who may call a route: anybody, anybody signed in, or those with a permission. Every route has to say it. */
export type Access = 'public' | 'signed-in' | Permission

export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

declare module 'fastify' {
  interface FastifyInstance {
    deps: Deps
    /** Set in a scope whose routes come from a plugin of others and are public by decision. */
    routesArePublic: boolean
  }
  interface FastifyContextConfig {
    access?: Access
    /** `false` where `Idempotency-Key` is not honoured; the reasons are a closed list, `test/unkept-posts.ts`. */
    idempotent?: boolean
    /** A dangerous act: whoever has a second factor must have shown it within the last ten minutes. */
    stepUp?: boolean
    /**
     * Whether API keys may call it. Those routes that want a permission and no second factor are theirs unless this is
     * `false`; those for whoever is signed in are about the person and are not, unless this is `true`.
     */
    keys?: boolean
    /**
     * Whether guests of review links may call it too, as far as their scope has the route's permission, and on their
     * own project, which its address must name or lead to (`core/resources.ts`). No other route answers them. A permission
     * here is what they need in place of the route's.
     */
    guests?: true | Permission
    /** Allowed although the studio is being deleted, which otherwise makes it read-only. */
    whileDeleting?: boolean
    /**
     * Gives power, or a way in, that would outlive the hour for which somebody of the platform works in a studio, and is
     * refused to them (docs/decisions/0028). What stays theirs is a closed list, `test/lasting-power.ts`.
     */
    lasting?: boolean
    /** Changes how somebody signs in everywhere: not for sessions that a studio's identity provider has opened. */
    ownSignIn?: boolean
    /** Sent by other sites' forms by its nature: cookies are not read, so it acts for nobody. */
    fromElsewhere?: boolean
  }
  interface FastifyRequest {
    /** Who is calling, if anybody is signed in. */
    caller: Actor | null
    /** The signed-in person in their studio. Throws on routes whose access does not promise one. */
    readonly actor: UserActor
    /** The same on routes that let guests in, of whom it may be one. */
    readonly reviewer: Reviewer
    /** The version named by `If-Match`, or null. */
    readonly ifMatch: number | null
    /** One transaction of the caller's studio (a guest's too, where the route lets them in); on a `POST` with `Idempotency-Key`, its reply is kept with the change. */
    inTenant<T>(work: (tx: TenantTx) => Promise<T>): Promise<T>
    /**
     * Whether `inTenant` will answer what it has kept under the request's `Idempotency-Key`, so that costly work before it
     * can be left out.
     */
    hasKeptReply(): Promise<boolean>
    /** The same for a visitor of a public page, whose studio a look-up or a signed token named. */
    inTenantAs<T>(actor: PublicActor, work: (tx: TenantTx) => Promise<T>): Promise<T>
    /** Declared statements, each one round trip. */
    inTenantRead<T>(work: (tx: TenantRead) => Promise<T>): Promise<T>
  }
}

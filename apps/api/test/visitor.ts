import supertest from 'supertest'
import type { Api } from './harness.ts'

/** A browser as far as redirects and cookies go: it keeps what it is given for our own site. */
export function visitor(api: Api, from = '127.0.0.1') {
  const jar = new Map<string, string>()
  const ours = api.deps.config.publicOrigin

  function keep(response: supertest.Response) {
    for (const line of (response.headers['set-cookie'] as unknown as string[] | undefined) ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const pathOf = (url: string) => url.replace(ours, '')

  return {
    jar,
    async get(url: string) {
      const call = supertest(api.app.server).get(pathOf(url)).set('x-forwarded-for', from)
      return keep(await call.set('cookie', cookies()))
    },
    /** A change from our own pages. */
    async post(url: string, body: object) {
      const call = supertest(api.app.server).post(pathOf(url)).set('x-forwarded-for', from)
      return keep(await call.set('cookie', cookies()).set('origin', ours).send(body))
    },
    async delete(url: string) {
      const call = supertest(api.app.server).delete(pathOf(url)).set('x-forwarded-for', from)
      return keep(await call.set('cookie', cookies()).set('origin', ours))
    },
    /** A form on another site's page: of ours, no cookie comes along, unless that page is another port of our host. */
    async postFrom(url: string, form: Record<string, string>, sameHost = false) {
      const call = supertest(api.app.server).post(pathOf(url)).set('x-forwarded-for', from)
      if (sameHost) void call.set('cookie', cookies())
      return keep(await call.set('origin', 'null').set('sec-fetch-site', 'cross-site').type('form').send(form))
    },
    async me() {
      return (await this.get('/api/v1/me')).body
    },
  }
}
export type Visitor = ReturnType<typeof visitor>

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { securityHeadersOf } from './security-headers.ts'

const [files, games] = ['https://files.example', 'https://play.example']
const s3 = { S3_ENDPOINT: files, S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'k', S3_SECRET_ACCESS_KEY: 's' }
const config = readConfig({ GAMES_ORIGIN: games, ...s3 })

test('nginx says the same for the files of the pages', () => {
  const template = readFileSync(new URL('../../../../docker/nginx.conf.template', import.meta.url), 'utf8')
  const said = [...template.matchAll(/add_header ([\w-]+) (?:"([^"]*)"|(\S+)) always;/g)]
    .map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? ''] as const)
    .filter(([name]) => name !== 'cache-control' && name !== 'strict-transport-security')
  const filled = said.map(([name, text]) => [
    name,
    text.replaceAll('${FILES_ORIGIN}', files).replaceAll('${GAMES_ORIGIN}', games),
  ])
  expect(Object.fromEntries(filled)).toEqual(securityHeadersOf(config))
})

test('no script but our own files, no frame but the games, no framing, and HTTPS for a year in production', () => {
  const headers = securityHeadersOf(config)
  const rules = new Map(
    (headers['content-security-policy'] ?? '').split('; ').map((rule) => {
      const [name = '', ...sources] = rule.split(' ')
      return [name, sources] as const
    }),
  )
  expect(rules.get('default-src')).toEqual(["'self'"])
  expect(rules.get('script-src')).toEqual(["'self'"])
  expect(rules.get('script-src-attr')).toEqual(["'none'"])
  expect(rules.get('frame-src')).toEqual([games])
  for (const name of ['object-src', 'base-uri', 'frame-ancestors']) expect(rules.get(name), name).toEqual(["'none'"])
  expect([...rules.values()].flat()).not.toContain('*')
  expect(headers['permissions-policy']).toContain('camera=()')
  expect(headers['strict-transport-security']).toBeUndefined()
  expect(securityHeadersOf({ ...config, production: true })['strict-transport-security']).toMatch(/^max-age=31536000/)
})

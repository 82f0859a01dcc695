import { brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildInput } from '../../fixtures/build.ts'
import { catcherConfig } from '../templates/catcher/config.ts'
import { catcher } from '../templates/catcher/sim.ts'
import { gameLocales } from '@sparkle/shared/games'
import { playByBot } from '../engine/game.ts'
import { gameTemplates } from '../templates.ts'
import { gameTexts } from '../texts.ts'
import { buildGame, type BuildInput } from './build-game.ts'
import { cspHash, sha256Hex } from './digest.ts'
import { GameBuildError, type GameBuildFault } from './errors.ts'
import { runtimeBundle } from './runtime-bundle.ts'
import { smokePlay } from './smoke-play.ts'

const MAX_BROTLI_BYTES = 60_000

async function built(input: BuildInput = buildInput()) {
  const build = await buildGame(input)
  const file = (path: string) =>
    new TextDecoder().decode(build.files.find((candidate) => candidate.path === path)?.bytes)
  return { ...build, html: file('game.html'), manifestText: file('manifest.json') }
}

async function faultOf(input: BuildInput): Promise<GameBuildFault | undefined> {
  try {
    await buildGame(input)
    return undefined
  } catch (error) {
    if (error instanceof GameBuildError) return error.fault
    throw error
  }
}

describe('a built game', () => {
  it('is one document that asks the network for nothing', async () => {
    const { html } = await built()
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(html).not.toMatch(/(?:src|href)="/)
    expect(html).not.toMatch(/https?:\/\//)
    expect(html).not.toMatch(/style="|\bon[a-z]+="/)
    expect(html).not.toMatch(/\beval\(|new Function/)
  })

  it('names its script and style so that a policy can admit them', async () => {
    const { html, manifest } = await built()
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
    expect(manifest.scriptHashes).toEqual([cspHash(script)])
    expect(manifest.styleHashes).toEqual([cspHash(style)])
    expect(html).toContain(`script-src '${manifest.scriptHashes[0]}'`)
  })

  it.each(gameTemplates.map(({ id }) => id))('stays small without its art: %s', async (templateId) => {
    const { script, style } = await runtimeBundle(templateId)
    const { html } = await built(buildInput({}, templateId))
    expect(brotliCompressSync(script + style).length).toBeLessThan(MAX_BROTLI_BYTES)
    expect(brotliCompressSync(html).length).toBeLessThan(MAX_BROTLI_BYTES)
  })

  it.each(gameTemplates.map(({ id }) => id))(
    'says everything in the language of its config: %s',
    async (templateId) => {
      for (const locale of gameLocales) {
        const { html } = await built({ ...buildInput({ locale }, templateId), texts: gameTexts(locale) })
        expect(html).toContain(`<html lang="${locale}">`)
        expect(html).toContain(JSON.stringify(gameTexts(locale)['play.start']))
      }
    },
  )

  it('shows its title before any script runs', async () => {
    const { html } = await built({ ...buildInput(), petName: 'Tom & "Jerry"' })
    const [head = ''] = html.split('<script')
    expect(head).toContain('<h1 dir="auto">Tom &amp; &quot;Jerry&quot;</h1>')
    expect(head).toContain('<p dir="auto">Treat time!</p>')
  })

  it('carries hostile names as text only', async () => {
    const evil = '</script><script>alert(1)//'
    const { html } = await built({ ...buildInput({ petName: evil }), petName: evil, title: `<b>"${evil}` })
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(html.match(/<\/script/g)).toHaveLength(2)
    expect(smokePlay(html).finished).toBe(true)
  })

  it('takes every name that its config takes, an emoji for one character', async () => {
    const petName = `${'a'.repeat(59)}🐱`
    const { manifest } = await built({ ...buildInput({ petName }), petName })
    expect(manifest.config).toMatchObject({ petName })
    const longer = { ...buildInput(), petName: `${petName}a` }
    await expect(built(longer)).rejects.toThrow('1 to 60 characters')
  })

  it('lists what it was made of, and everything it consists of', async () => {
    const input = buildInput()
    const icon = { path: 'icon-192.png', mimeType: 'image/png', bytes: new Uint8Array([1, 2, 3]) }
    const { files, manifest, manifestText } = await built({ ...input, extraFiles: [icon] })
    expect(files.map((file) => file.path)).toEqual(['game.html', 'icon-192.png', 'manifest.json'])
    expect(manifest.inputs).toEqual([
      { slot: 'pet', digest: input.assets.pet?.digest, mimeType: 'image/png', bytes: input.assets.pet?.bytes.length },
    ])
    expect(manifest.files[1]).toEqual({
      path: icon.path,
      mimeType: icon.mimeType,
      bytes: 3,
      sha256: sha256Hex(icon.bytes),
    })
    expect(JSON.parse(manifestText)).toEqual(manifest)
  })

  it('changes with every single input, and with nothing else', async () => {
    const base = buildInput()
    const digest = async (change: Partial<BuildInput>) => (await buildGame({ ...base, ...change })).manifest.digest
    const sound = { bytes: new Uint8Array([7]), mimeType: 'audio/mpeg', digest: sha256Hex(new Uint8Array([7])) }
    const first = await digest({})
    expect(await digest({})).toBe(first)
    const others = await Promise.all([
      digest({ seed: 1 }),
      digest({ title: 'Another' }),
      digest({ config: { ...(base.config as object), locale: 'de' } }),
      digest({ petName: 'Chelsea' }),
      digest({ config: { ...(base.config as object), difficulty: 'hard' } }),
      digest({ texts: { ...base.texts, 'play.go': 'Los!' } }),
      digest({ assets: { ...base.assets, sound } }),
      digest({ extraFiles: [{ path: 'share.png', mimeType: 'image/png', bytes: new Uint8Array(1) }] }),
    ])
    expect(new Set([first, ...others]).size).toBe(others.length + 1)
    const shuffled = Object.fromEntries(Object.entries(base.config as object).reverse())
    expect(await digest({ config: shuffled, texts: { ...base.texts, 'unused.key': 'x' } })).toBe(first)
  })

  it('can be played to an end, exactly as the sources play', async () => {
    const { html, manifest } = await built()
    const play = smokePlay(html)
    expect(play).toMatchObject({ finished: true })
    expect(play.score).toBeGreaterThan(0)
    expect(play).toEqual(playByBot(catcher, catcherConfig.parse(manifest.config), manifest.seed))
  })

  it('is not taken from another page', () => {
    expect(() => smokePlay('<html></html>')).toThrow('no built game')
  })
})

describe('a build that cannot be', () => {
  const input = buildInput()
  const pet = input.assets.pet!
  const meta = pet.meta as { frames: object[]; meta: object }
  const cases: [string, Partial<BuildInput>, GameBuildFault][] = [
    ['without the template', { templateId: 'chess' }, 'unknown_template'],
    ['without the pet', { assets: {} }, 'missing_slot'],
    ['with a slot too many', { assets: { pet, hat: pet } }, 'unknown_slot'],
    ['with a picture as sound', { assets: { pet, sound: pet } }, 'unfit_asset'],
    ['with bytes that are not the digest', { assets: { pet: { ...pet, digest: '0'.repeat(64) } } }, 'digest_mismatch'],
    ['without sheet data', { assets: { pet: { ...pet, meta: undefined } } }, 'invalid_sheet'],
    [
      'with a frame outside the picture',
      { assets: { pet: { ...pet, meta: { ...meta, meta: { size: { w: 8, h: 8 } } } } } },
      'invalid_sheet',
    ],
    ['with a broken config', { config: { theme: 'garden' } }, 'invalid_config'],
    ['without a text', { texts: {} }, 'missing_text'],
    ['in no language', { config: { ...(input.config as object), locale: 'en" onload="x' } }, 'invalid_config'],
    ['with a seed out of range', { seed: -1 }, 'invalid_input'],
    [
      'with an extra file over its own',
      { extraFiles: [{ path: 'game.html', mimeType: 'x', bytes: pet.bytes }] },
      'invalid_input',
    ],
    [
      'with a path that climbs',
      { extraFiles: [{ path: '../x.png', mimeType: 'x', bytes: pet.bytes }] },
      'invalid_input',
    ],
  ]
  it.each(cases)('%s says why', async (_name, change, fault) => {
    expect(await faultOf({ ...input, ...change })).toBe(fault)
    expect(await faultOf(input)).toBeUndefined()
  })
})

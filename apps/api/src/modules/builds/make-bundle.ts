import { buildGame, type GameBuild, type SlotAsset } from '@sparkle/games/builder/build-game'
import { GameBuildError } from '@sparkle/games/builder/errors'
import { findTemplate } from '@sparkle/games/templates'
import { gameTexts, gameTitle } from '@sparkle/games/texts'
import type { AssetVariant } from '@sparkle/shared/assets'
import { gameLocaleOf } from '@sparkle/shared/games'
import type { ObjectStore } from '../../adapters/object-store.ts'
import { sha256 } from '../../core/crypto.ts'
import { makePictures, type BuildPicture, type PictureAbout } from './build-pictures.ts'
import type { BuildRow, StoredFile } from './builds.queries.ts'
import { singleFrame } from './single-frame.ts'

const maxInputBytes = 32 * 1024 * 1024
/** Which file of an asset a game gets: a sprite's frames, a picture in screen size, a sound as it is. */
const preferred: readonly AssetVariant[] = ['sheet', 'web', 'original']

/** Reads every input of a build from the store and makes the game: same inputs, same bytes, on any machine. */
export async function makeBundle(
  store: Pick<ObjectStore, 'get'>,
  build: BuildRow,
  files: readonly StoredFile[],
): Promise<GameBuild> {
  const template = findTemplate(build.templateId)
  if (!template) throw new GameBuildError('unknown_template', `There is no game template "${build.templateId}".`)
  const assets: Record<string, SlotAsset> = {}
  for (const [slot, assetId] of Object.entries(build.assets)) {
    const own = files.filter((file) => file.assetId === assetId)
    const loose = slot === 'pet' ? pictureOf(own) : undefined
    if (loose) {
      assets[slot] = await singleFrame(await read(store, loose))
      continue
    }
    const file = preferred.map((variant) => own.find((one) => one.variant === variant)).find(Boolean)
    if (!file) throw new GameBuildError('unfit_asset', `The asset in the "${slot}" slot has no files any more.`)
    const meta = own.find((one) => one.variant === 'meta')
    assets[slot] = {
      bytes: await read(store, file),
      mimeType: file.mimeType,
      digest: file.digest,
      ...(meta && { meta: JSON.parse(Buffer.from(await read(store, meta)).toString('utf8')) as unknown }),
    }
  }
  const petName = String(build.config['petName'])
  const locale = gameLocaleOf(String(build.config['locale']))
  return buildGame({
    templateId: build.templateId,
    config: build.config,
    petName,
    title: gameTitle(locale, petName, template.nameKey),
    assets,
    texts: gameTexts(locale),
    extraFiles: await drawPictures(store, files, build.assets['pet'], {
      theme: String(build.config['theme']),
      templateId: build.templateId,
      petName,
    }),
  })
}

/** Icons and share picture from a sprite's standing picture. */
export async function drawPictures(
  store: Pick<ObjectStore, 'get'>,
  files: readonly StoredFile[],
  spriteId: string | undefined,
  about: PictureAbout,
): Promise<BuildPicture[]> {
  const own = files.filter((file) => file.assetId === spriteId)
  const loose = pictureOf(own)
  if (loose) return makePictures((await singleFrame(await read(store, loose))).bytes, about)
  const still = own.find((file) => file.variant === 'still')
  if (!still) throw new GameBuildError('unfit_asset', 'The asset in the "pet" slot has no standing picture.')
  return makePictures(await read(store, still), about)
}

/** The picture of a sprite that was uploaded without frames; undefined for one that has a sheet. */
function pictureOf(own: readonly StoredFile[]): StoredFile | undefined {
  if (own.some(({ variant }) => variant === 'sheet')) return undefined
  return own.find(({ variant }) => variant === 'work') ?? own.find(({ variant }) => variant === 'original')
}

/** A stored file, checked against the digest it was stored under. A missing or changed one is a fault of the store. */
async function read(store: Pick<ObjectStore, 'get'>, file: StoredFile): Promise<Uint8Array> {
  const bytes = await store.get(file.storageKey, maxInputBytes)
  if (!bytes) throw new Error(`${file.storageKey} is not in the object store.`)
  if (sha256(bytes) !== file.digest) throw new Error(`${file.storageKey} is not what its digest says.`)
  return bytes
}

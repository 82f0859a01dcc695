import type { AssetItem } from '@sparkle/shared/assets'
import type { BuildView } from '@sparkle/shared/builds'
import type { ProjectView } from '@sparkle/shared/projects'
import type { ApprovalView } from '@sparkle/shared/reviews'
import type { UrlView } from '@sparkle/shared/urls'
import { expect, test } from 'vitest'
import { nextStepOf, stepsDone, type ProjectFacts } from './next-step.ts'

const asset = { processingStatus: 'ready' } as AssetItem
const passed = (id: string) => ({ id, status: 'passed', digest: `d-${id}` }) as BuildView
const required = (...approvedDigests: string[]) => ({ required: true, approvedDigests }) as ApprovalView
const reserved = { status: 'reserved', liveBuildId: null } as UrlView
const live = (liveBuildId: string) => ({ status: 'active', liveBuildId }) as UrlView
const facts = (given: Partial<ProjectFacts>): ProjectFacts => ({
  project: {} as ProjectView,
  photos: [],
  sprites: [],
  builds: [],
  urls: [],
  approval: { required: false } as ApprovalView,
  ...given,
})
const drawn = { photos: [asset], sprites: [asset] }

test.each<[string, Partial<ProjectFacts>]>([
  ['addPhoto', {}],
  ['addPhoto', { photos: [{ processingStatus: 'processing' } as AssetItem] }],
  ['makeSprite', { photos: [asset] }],
  ['build', drawn],
  ['build', { ...drawn, builds: [{ status: 'failed' } as BuildView] }],
  ['reserve', { ...drawn, builds: [passed('b1')] }],
  ['reserve', { ...drawn, builds: [passed('b1')], urls: [{ status: 'expired', liveBuildId: 'b1' } as UrlView] }],
  ['deploy', { ...drawn, builds: [passed('b1')], urls: [reserved] }],
  ['open', { ...drawn, builds: [passed('b1')], urls: [live('b1')] }],
  ['deploy', { ...drawn, builds: [passed('b2'), passed('b1')], urls: [live('b1')] }],
  ['review', { ...drawn, builds: [passed('b2'), passed('b1')], urls: [live('b1')], approval: required('d-b1') }],
  ['deploy', { ...drawn, builds: [passed('b2'), passed('b1')], urls: [live('b1')], approval: required('d-b2') }],
  ['review', { ...drawn, builds: [passed('b1')], urls: [reserved], approval: required() }],
  ['deploy', { ...drawn, builds: [passed('b1')], urls: [reserved], approval: required('d-b1') }],
])('the next step is to %s', (step, given) => {
  expect(nextStepOf(facts(given))).toBe(step)
})

test('a reserved address is done before the game is built', () => {
  expect(stepsDone(facts({ photos: [asset], urls: [reserved] }))).toMatchObject({
    photos: true,
    sprite: false,
    address: true,
    live: false,
  })
})

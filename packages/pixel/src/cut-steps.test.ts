import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noisePicture } from '../fixtures/noise-picture.ts'
import { ballOnGrass, maskSteps, readChelsea } from '../fixtures/pictures.ts'
import { createBitmap, type Bitmap } from './bitmap.ts'
import { createCutter, markStep } from './cut-steps.ts'
import { refineEdge } from './edge.ts'
import { noEdge, type MaskStep } from './recipe.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const work = noisePicture(80, 60, 9)
const all = createBitmap(80, 60, 255)
const marked = (bitmap: Bitmap) => Array.from(bitmap.data, (value) => value === 255)
const count = (bitmap: Bitmap) => bitmap.data.reduce((sum, value) => sum + (value >= 128 ? 1 : 0), 0)
const keep = (steps: MaskStep[]) => createCutter(work).kept({ steps, edge: noEdge }) ?? all

describe('steps', () => {
  test('replace takes what is marked; add is the union, erase the difference, intersect the common part', () => {
    fc.assert(
      fc.property(maskSteps, maskSteps, (one, other) => {
        const [a, b] = [marked(markStep(work, one)), marked(markStep(work, other))]
        const first = { ...one, mode: 'replace' as const }
        expect(marked(keep([first]))).toEqual(a)
        expect(marked(keep([first, { ...other, mode: 'add' }]))).toEqual(a.map((on, i) => on || b[i]))
        expect(marked(keep([first, { ...other, mode: 'erase' }]))).toEqual(a.map((on, i) => on && !b[i]))
        expect(marked(keep([first, { ...other, mode: 'intersect' }]))).toEqual(a.map((on, i) => on && b[i]))
      }),
      { numRuns: 60 },
    )
  })

  test('a guess, a wand and an edge are dear until they are known, also from another cutter', () => {
    const box = { x: 0, y: 0, width: 1, height: 1 }
    const dab: MaskStep = { kind: 'ellipse', mode: 'add', box: { x: 0, y: 0, width: 0.5, height: 1 } }
    const guess: MaskStep = { kind: 'guess', mode: 'replace', box }
    const plain = { steps: [guess], edge: noEdge }
    const smooth = { steps: [guess, dab], edge: { ...noEdge, smooth: 40 } }
    const cutter = createCutter(work)
    expect(cutter.isDear({ steps: [dab], edge: noEdge })).toBe(false)
    for (const recipe of [plain, smooth]) {
      expect(cutter.isDear(recipe)).toBe(true)
      const kept = createCutter(work).kept(recipe) ?? all
      cutter.learn(recipe, kept)
      expect(cutter.isDear(recipe)).toBe(false)
      expect(cutter.kept(recipe)).toBe(kept)
    }
    expect(cutter.isDear({ steps: [guess, dab], edge: noEdge })).toBe(false)
  })

  test('begin with the whole photo, or with the mask', () => {
    const erase: MaskStep = { kind: 'ellipse', mode: 'erase', box: { x: 0, y: 0, width: 0.5, height: 1 } }
    expect(count(keep([erase]))).toBe(80 * 60 - count(markStep(work, erase)))
    const { kept: cut } = createCutter(work)
    expect(cut({ steps: [], edge: noEdge })).toBeNull()
    const mask = { shape: 'ellipse' as const, points: [[0.5, 0], [1, 1]] as [number, number][] } // prettier-ignore
    expect(cut({ mask, steps: [erase], edge: noEdge })).toEqual(cut({ mask, steps: [], edge: noEdge }))
  })

  test('give the same whether steps were added, undone or done at once', () => {
    fc.assert(
      fc.property(fc.array(maskSteps, { maxLength: 6 }), fc.array(fc.nat(6), { maxLength: 8 }), (steps, visits) => {
        const { kept: cut } = createCutter(work)
        for (const visit of visits) {
          const some = steps.slice(0, visit)
          expect(cut({ steps: some, edge: noEdge })).toEqual(createCutter(work).kept({ steps: structuredClone(some), edge: noEdge })) // prettier-ignore
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('the brush', () => {
  const stroke = (points: [number, number][], radius: number) =>
    markStep(work, { kind: 'brush', mode: 'add', radius, points })

  test('marks the pixel it points at however small it is, and reaches beyond the picture without harm', () => {
    expect(count(stroke([[0.5, 0.5]], 0))).toBe(1) // prettier-ignore
    expect(count(stroke([[0, 0], [1, 1], [1, 0]], 0.5))).toBeGreaterThan(4000) // prettier-ignore
  })

  test('leaves no gap between its points, and each pixel within its radius is marked', () => {
    const radius = 0.05
    const bitmap = stroke([[0.2, 0.3], [0.8, 0.6]], radius) // prettier-ignore
    const [ax, ay, bx, by] = [16, 18, 64, 36]
    const wrong: number[] = []
    for (let y = 0; y < 60; y++) {
      for (let x = 0; x < 80; x++) {
        const [px, py] = [x + 0.5 - ax, y + 0.5 - ay]
        const along = Math.min(1, Math.max(0, (px * (bx - ax) + py * (by - ay)) / (48 * 48 + 18 * 18)))
        const distance = Math.hypot(px - along * (bx - ax), py - along * (by - ay))
        if (Math.abs(distance - 4) > 0.5 && bitmap.data[y * 80 + x] !== (distance < 4 ? 255 : 0)) wrong.push(y * 80 + x)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('the wand', () => {
  const ball = ballOnGrass(120, 90)
  const wand = (at: [number, number], tolerance: number, contiguous = true) =>
    markStep(ball.image, { kind: 'wand', mode: 'replace', at, tolerance, contiguous })

  test('takes the ball it is pointed at; with more tolerance never less; all colours at 100', () => {
    const taken = wand([0.5, 0.5], 20)
    expect(agreement(taken, ball.inside)).toBeGreaterThan(0.99)
    let before = 0
    for (let tolerance = 0; tolerance <= 100; tolerance += 10) {
      const size = count(wand([0.5, 0.5], tolerance))
      expect(size).toBeGreaterThanOrEqual(before)
      before = size
    }
    expect(before).toBe(120 * 90)
  })

  test('contiguous is a part of everywhere alike, and stops at another colour', () => {
    const [here, everywhere] = [wand([0.02, 0.02], 15), wand([0.02, 0.02], 15, false)]
    here.data.forEach((value, i) => value && expect(everywhere.data[i]).toBe(255))
    expect(here.data[45 * 120 + 60]).toBe(0)
  })
})

describe('the guess', () => {
  test('finds a ball on grass from a loose box, and from the whole picture', () => {
    const { image, inside } = ballOnGrass(400, 300)
    for (const box of [
      { x: 0.2, y: 0.1, width: 0.6, height: 0.8 },
      { x: 0, y: 0, width: 1, height: 1 },
    ]) {
      const guessed = markStep(image, { kind: 'guess', mode: 'replace', box })
      expect(agreement(guessed, inside)).toBeGreaterThan(0.985)
    }
  })

  test('never marks outside its box by more than a cell, nor where the photo is transparent', () => {
    const { image } = ballOnGrass(400, 300)
    for (let i = 0; i < 400 * 150; i++) image.data[i * 4 + 3] = 0
    const guessed = markStep(image, { kind: 'guess', mode: 'replace', box: { x: 0.5, y: 0, width: 0.5, height: 1 } })
    const cell = 400 / 160
    guessed.data.forEach((value, i) => {
      if (value >= 128) {
        expect(i % 400).toBeGreaterThanOrEqual(200 - 2 * cell)
        expect(Math.floor(i / 400)).toBeGreaterThanOrEqual(150 - 2 * cell)
      }
    })
  })

  test('keeps the middle of a photo of a cat, and drops most of the wall behind it', () => {
    const chelsea = readChelsea()
    const guessed = markStep(chelsea, { kind: 'guess', mode: 'replace', box: { x: 0.02, y: 0, width: 0.9, height: 1 } })
    expect(guessed.data[150 * 451 + 200]).toBe(255)
    expect(guessed.data[250 * 451 + 440]).toBe(0)
    expect(count(guessed) / (451 * 300)).toBeGreaterThan(0.4)
  })
})

describe('the edge', () => {
  const spotted = createBitmap(100, 100)
  const fill = (x: number, y: number, edge: number, value: number) => {
    for (let row = y; row < y + edge; row++) spotted.data.fill(value, row * 100 + x, row * 100 + x + edge)
  }
  fill(20, 20, 60, 255)
  fill(40, 40, 2, 0)
  fill(2, 2, 2, 255)
  const tenPixels = (10 * 1024) / 100

  test('specks and holes go, the body stays', () => {
    const clean = refineEdge(spotted, { ...noEdge, specks: 40 })
    expect(count(clean)).toBe(3600)
    expect(refineEdge(spotted, noEdge)).toEqual(spotted)
  })

  test('grows and shrinks by as many pixels as asked, feathers to half at the old edge', () => {
    const body = refineEdge(spotted, { ...noEdge, specks: 40 })
    expect(widthAt(refineEdge(body, { ...noEdge, grow: tenPixels / 5 }))).toBe(64)
    expect(widthAt(refineEdge(body, { ...noEdge, grow: -tenPixels / 5 }))).toBe(56)
    const soft = refineEdge(body, { ...noEdge, feather: tenPixels / 5 })
    expect(widthAt(soft)).toBe(60)
    expect(soft.data[50 * 100 + 20]).toBeLessThan(255)
    expect(count(refineEdge(body, { ...noEdge, smooth: tenPixels / 3 }))).toBeLessThan(3600)
  })

  const widthAt = (bitmap: Bitmap) => marked({ ...bitmap, data: bitmap.data.map((value) => (value >= 128 ? 255 : 0)) }).slice(5000, 5100).filter(Boolean).length // prettier-ignore
})

function agreement(bitmap: Bitmap, inside: boolean[]): number {
  return inside.filter((on, i) => on === bitmap.data[i]! >= 128).length / inside.length
}

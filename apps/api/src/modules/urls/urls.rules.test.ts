import fc from 'fast-check'
import { slugPattern } from '@sparkle/shared/text'
import { describe, expect, test } from 'vitest'
import { slugSkeleton, toSlugText } from '@sparkle/shared/slugs'
import { innocentWords, offensiveStems, offensiveWords, reservedWords } from './slug-words.ts'
import { suggestSlugs } from './suggestions.ts'
import { isOffensive } from './slug-offence.ts'
import { analyticsRange, buildBefore, refusalOf, type DeploymentFacts } from './urls.rules.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

describe('slugs', () => {
  test.each([
    ['Señor Fluff & Co.', 'senor-fluff-co'],
    ['  Mötley’s Crüe ', 'motleys-crue'],
    ['Straße 7', 'strasse-7'],
    ['Пушок', 'pushok'],
    ['Ægir Łukasz', 'aegir-lukasz'],
    ['Ζευς', 'zeys'],
    ['Buttеrсup', 'buttercup'],
    ['pаypаl ｍａｘ', 'paypal-max'],
    ['🐶', ''],
  ])('%s is written %s', (name, slug) => {
    expect(toSlugText(name)).toBe(slug)
  })

  test('whatever the text, its slug text has only small ASCII letters, digits and single inner hyphens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => /^([a-z0-9]+(-[a-z0-9]+)*)?$/.test(toSlugText(text))),
    )
  })

  test('writing a slug text again changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => toSlugText(toSlugText(text)) === toSlugText(text)))
  })

  test('every suggestion is one that may be reserved, and there are some for every pet', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 80 })
    const pet = fc.record({
      petName: text,
      petBreed: text,
      petPersonality: text,
      theme: fc.option(text, { nil: undefined }),
    })
    fc.assert(
      fc.property(pet, (facts) => {
        const slugs = suggestSlugs(facts)
        expect(slugs.length).toBeGreaterThan(0)
        expect(new Set(slugs).size).toBe(slugs.length)
        for (const slug of slugs) expect([slug, refusalOf(slug), slugPattern.test(slug)]).toEqual([slug, null, true])
      }),
    )
  })

  test('suggestions sound like a person who knows the pet', () => {
    const facts = {
      petName: 'Biscuit',
      petBreed: 'Golden Retriever',
      petPersonality: 'Curious and very brave. Runs until she drops.',
      theme: 'seaside',
    }
    const slugs = suggestSlugs(facts)
    expect(slugs[0]).toBe('biscuit')
    expect(slugs.slice(1, 3)).toEqual(['biscuit-the-brave', 'brave-biscuit'])
    expect(slugs).toEqual(expect.arrayContaining(['curious-biscuit', 'biscuit-the-goldie', 'biscuit-by-the-sea']))
    expect(slugs.join()).not.toMatch(/runs|until|drops/)
    expect(suggestSlugs({ ...facts, petName: 'Sir Fluffington the Third' }).slice(0, 2)).toEqual([
      'sir-fluffington-the-third',
      'fluffington',
    ])
    expect(suggestSlugs({ ...facts, petName: 'Пушок' })).toContain('pushok-by-the-sea')
    expect(suggestSlugs({ ...facts, petName: 'Admin' })).not.toContain('admin')
    expect(suggestSlugs({ ...facts, petName: 'Admin' })).toContain('team-admin')
  })

  test('no suggestion is a stub, numbered, or another one in disguise', () => {
    const word = fc.constantFrom('Sir', 'the', 'of', 'Max', 'Bo', 'Princess', 'Penelope', 'von', 'Whiskers', 'and', '2')
    const names = fc.array(word, { maxLength: 12 }).map((words) => ['Whiskers', ...words].join(' '))
    fc.assert(
      fc.property(names, (petName) => {
        const slugs = suggestSlugs({ petName, petBreed: 'Shih Tzu', petPersonality: 'lazy', theme: 'space' })
        for (const slug of slugs) expect(slug).not.toMatch(/-(the|of|and|a|von|in)$/)
        for (const slug of slugs) if (!petName.includes('2')) expect(slug).not.toMatch(/\d/)
        expect(new Set(slugs.map(slugSkeleton)).size).toBe(slugs.length)
      }),
    )
  })

  test.each([
    ['buttercup', 'butter-cup'],
    ['lucy', '1ucy'],
    ['otto', '0tt0'],
    ['bernie', 'bemie'],
    ['wolf', 'vvolf'],
    ['max2', 'max-2'],
    ['bella', '8ella'],
    ['sissi', '5is5i'],
  ])('%s and %s look alike', (one, other) => {
    expect(slugSkeleton(one)).toBe(slugSkeleton(other))
    expect(slugSkeleton(one)).not.toBe(slugSkeleton(`${other}x`))
  })

  test.each(['ab', '-abc', 'abc-', 'a_b', 'Abc', 'ä-b', 'x'.repeat(41), 'xn--80ak6aa92e', '', 'a b c', '_b1'])(
    '%s is malformed',
    (slug) => {
      expect(refusalOf(slug)).toBe('malformed')
    },
  )

  test.each(['adm1n', 'log-in', 'sparkle-classic', 'supp0rt'])('%s would pass for our own page', (slug) => {
    expect(refusalOf(slug)).toBe('reserved_word')
  })

  test.each(['api', 'admin', 'assets', 'app', 'play', 'www'])('%s is reserved', (slug) => {
    expect(refusalOf(slug)).toBe('reserved_word')
    expect(refusalOf(`${slug}-the-cat`)).toBeNull()
  })

  test.each([
    'shit-cat',
    'my-fucking-dog',
    'f-u-c-k',
    'sh1t',
    'kurwa',
    'scheisse-hund',
    'whores',
    'puta-madre',
    'fuckface',
    'fu-ck-this',
    'arschlochkatze',
    'b1tchy',
    'such-a-wanker',
    'fuc-k',
    'my-fuc-king-dog',
    'mother-fu-cker',
    'nig-ger',
    'shi-t',
    'fuuuck',
    'shiiit',
    'niggggeeer',
    'fvck',
    'phuck',
    'phvvck',
    'vvhore',
    '8itch',
    '5hit',
    'wh0r3',
    'f4ggot',
    'cvnt',
  ])('%s is offensive', (slug) => {
    expect(refusalOf(slug)).toBe('offensive')
  })

  test('innocent names are welcome, whatever they hold', () => {
    const innocent =
      `scunthorpe dickens cockapoo cockatoo cockatiel peacock hancock shiitake shihtzu shih-tzu bassett basset
      sussex essex middlesex penistone analyst analise annalisa kissa titan titus titania cumberland cumin cucumber
      buttercup lightwater mass massimo grape grapes therapist assisi cassandra bass classic glass grass compass ambassador
      document circumference spicy auspice suspicious pumpernickel raccoon cocoa dyckman nightingale snigger swanker
      penelope pennington peacocks matsushita shitake kumquat kunst saluki shiba-inu pussywillow hitchcock babcock dick
      willy fanny randy gaylord hoare hooker-the-cat horniman clitheroe lancashire arsenal parsley marsenne
      canal banal analog bananal rapeseed drapes scrape blue-tit great-tit bunda schwanzi pic-of-rex
      niger nigel nigella negroni montenegro jacuzzi nazir nazaire hitomi fuchs fuchsia kurt ficus fickle
      stuttgart titmouse shittim wristwatch wichita scheibe schlampampel cabrio cabra kurwenal salopette tischlampe
      push-it go-to-it rabbit-champ who-rex mother-fed jeb-the-cat the-pen-is-mine big-gazelle phuket tofu-cat
      shiitake-5 bob8 maxx-4 vivvi zoo-ey`.split(/\s+/)
    expect(innocent.filter((slug) => isOffensive(slug))).toEqual([])
  })

  test('an offensive word inside a longer word never counts, between hyphens always', () => {
    const word = fc.constantFrom(...offensiveWords)
    const letters = fc.stringMatching(/^[b-df-hj-np-rw-z]{2,5}$/)
    fc.assert(
      fc.property(word, letters, letters, (bad, before, after) => {
        expect(isOffensive(`${before}-${bad}-${after}`)).toBe(true)
        const joined = `${before}${bad}${after}`
        const hasStem = offensiveStems.some((stem) => joined.includes(stem))
        expect(isOffensive(joined)).toBe(hasStem || offensiveWords.has(joined))
      }),
    )
  })

  test('every listed word could be written in an address, so that no entry is idle', () => {
    for (const word of [...offensiveWords, ...offensiveStems, ...innocentWords, ...reservedWords])
      expect(toSlugText(word)).toBe(word)
  })
})

describe('rollback', () => {
  const replay = (steps: DeploymentFacts[]) => buildBefore(steps)

  test('goes back one deploy each time and never forth', () => {
    const history: DeploymentFacts[] = ['a', 'b', 'c'].map((buildId) => ({ kind: 'deploy', buildId }))
    expect(replay(history)).toBe('b')
    history.push({ kind: 'rollback', buildId: 'b' })
    expect(replay(history)).toBe('a')
    history.push({ kind: 'rollback', buildId: 'a' })
    expect(replay(history)).toBeNull()
    history.push({ kind: 'deploy', buildId: 'd' })
    expect(replay(history)).toBe('a')
  })

  test('after any history of deploys, rolling back to the end passes each of them once, newest first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 }), (builds) => {
        const history: DeploymentFacts[] = builds.map((buildId) => ({ kind: 'deploy', buildId }))
        const seen: string[] = []
        for (let buildId = replay(history); buildId !== null; buildId = replay(history)) {
          seen.push(buildId)
          history.push({ kind: 'rollback', buildId })
        }
        expect(seen).toEqual(builds.slice(0, -1).reverse())
      }),
    )
  })

  test('there is nothing before the first deploy', () => {
    expect(replay([])).toBeNull()
    expect(replay([{ kind: 'deploy', buildId: 'a' }])).toBeNull()
  })
})

describe('the range of the figures', () => {
  test.each([
    [{ granularity: 'day' as const }, { from: '2026-02-21', to: '2026-03-22', fault: null }],
    [{ granularity: 'hour' as const }, { from: '2026-03-21', to: '2026-03-22', fault: null }],
    [
      { granularity: 'day' as const, from: '2026-03-01' },
      { from: '2026-03-01', to: '2026-03-22', fault: null },
    ],
    [
      { granularity: 'day' as const, to: '2026-01-01' },
      { from: '2025-12-03', to: '2026-01-01', fault: null },
    ],
    [{ granularity: 'day' as const, from: '2026-03-05', to: '2026-03-04' }, { fault: 'reversed' }],
    [{ granularity: 'day' as const, from: '2024-03-20', to: '2026-03-22' }, { fault: 'too_long' }],
    [{ granularity: 'hour' as const, from: '2026-02-01', to: '2026-03-04' }, { fault: 'too_long' }],
    [{ granularity: 'hour' as const, from: '2026-02-01', to: '2026-03-03' }, { fault: null }],
  ])('%o', (query, expected) => {
    expect(analyticsRange(query, '2026-03-22')).toMatchObject(expected)
  })
})

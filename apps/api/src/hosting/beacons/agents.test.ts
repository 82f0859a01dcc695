import crawlers from 'crawler-user-agents'
import { expect, test } from 'vitest'
import { deviceOf, isBot } from './agents.ts'

const browsers = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0',
  'Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 340.0.0.1',
]
const bots = [
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/125.0 Safari/537.36',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'WhatsApp/2.23.20.0 A',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Mozilla/5.0 (compatible; YandexBot/3.0)',
  'Twitterbot/1.0',
  'TelegramBot (like TwitterBot)',
  'Mozilla/5.0 (Linux; Android 11; moto g power) Chrome/119 Mobile Safari/537.36 Chrome-Lighthouse',
  'Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)',
  '',
]

test("people's browsers are no bots", () => {
  expect(browsers.filter((agent) => isBot(agent))).toEqual([])
})

/** On the list, but people: browsers inside of apps and editors. */
const people = /Instagram \d|MetaIAB Facebook|\bCode\/\d|\bTrae\/\d|\bFluid\/\d/

test('whatever the published list of crawlers calls one is a bot', () => {
  const listed = crawlers.flatMap(({ instances }) => instances)
  expect(listed.length).toBeGreaterThan(2000)
  const missed = listed.filter((agent) => !isBot(agent))
  expect(missed.filter((agent) => !people.test(agent))).toEqual([])
  expect(missed.length).toBeLessThan(10)
})

test('known bots are', () => {
  expect(bots.filter((agent) => !isBot(agent))).toEqual([])
  expect(isBot(undefined)).toBe(true)
})

test.each([
  ['phone', browsers[0]],
  ['phone', browsers[1]],
  ['desktop', browsers[2]],
  ['phone', browsers[3]],
  [
    'tablet',
    'Mozilla/5.0 (iPad; CPU OS 15_6 like Mac OS X) AppleWebKit/605.1.15 Version/15.6 Mobile/15E148 Safari/604.1',
  ],
  ['tablet', 'Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36'],
  ['tablet', 'Mozilla/5.0 (Android 14; Tablet; rv:139.0) Gecko/139.0 Firefox/139.0'],
  ['phone', 'Mozilla/5.0 (Android 14; Mobile; rv:139.0) Gecko/139.0 Firefox/139.0'],
  ['desktop', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15'],
  ['desktop', ''],
])('a %s: %s', (device, agent) => {
  expect(deviceOf({ 'user-agent': agent })).toBe(device)
})

test('the hint of a phone is believed', () => {
  const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/137.0.0.0 Safari/537.36'
  expect(deviceOf({ 'user-agent': agent, 'sec-ch-ua-mobile': '?0' })).toBe('desktop')
  expect(deviceOf({ 'user-agent': agent, 'sec-ch-ua-mobile': '?1' })).toBe('phone')
})

import type { Redis } from 'ioredis'
import type { Rosters } from './memory-rosters.ts'

/**
 * A roster is a sorted set of `name|holder`, scored by when its time runs out by the server's clock, so that processes
 * whose clocks differ agree. Each script is one step: two processes never both hear that they were the first or last.
 */
const prelude = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function holders(name)
  local found = {}
  for _, entry in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if string.sub(entry, 1, #name + 1) == name .. '|' then found[#found + 1] = entry end
  end
  return found
end`

/** One whose time ran out but was not noticed yet still counts: nobody has heard that they left. */
const enterScript = `${prelude}
local known = #holders(ARGV[1])
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[3]), ARGV[1] .. '|' .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[3]) * 10)
return known == 0 and 1 or 0`

const leaveScript = `${prelude}
if redis.call('ZREM', KEYS[1], ARGV[1] .. '|' .. ARGV[2]) == 0 then return 0 end
local others = holders(ARGV[1])
for _, entry in ipairs(others) do
  if tonumber(redis.call('ZSCORE', KEYS[1], entry)) > now then return 0 end
end
for _, entry in ipairs(others) do redis.call('ZREM', KEYS[1], entry) end
return 1`

const presentScript = `${prelude}
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')`

const lapsedScript = `${prelude}
local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)
if #gone == 0 then return {} end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local held = {}
for _, entry in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do held[string.match(entry, '^(.*)|')] = true end
local names = {}
for _, entry in ipairs(gone) do
  local name = string.match(entry, '^(.*)|')
  if not held[name] then names[#names + 1] = name; held[name] = true end
end
return names`

const keepScript = `${prelude}
for i = 3, #ARGV do redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[i] .. '|' .. ARGV[1]) end
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[2]) * 10)`

/** How many names go in one script: Lua takes no endless list of arguments, and nobody else is served meanwhile. */
const keptAtOnce = 500

export function createRedisRosters(client: Redis, prefix: string): Rosters {
  const nameOf = (entry: string) => entry.slice(0, entry.lastIndexOf('|'))
  return {
    async enter(roster, name, holder, ttlSeconds) {
      const ttlMs = Math.round(ttlSeconds * 1000)
      return (await client.eval(enterScript, 1, prefix + roster, name, holder, ttlMs)) === 1
    },
    async keep(roster, names, holder, ttlSeconds) {
      const ttlMs = Math.round(ttlSeconds * 1000)
      for (let from = 0; from < names.length; from += keptAtOnce) {
        const some = names.slice(from, from + keptAtOnce)
        await client.eval(keepScript, 1, prefix + roster, holder, ttlMs, ...some)
      }
    },
    async leave(roster, name, holder) {
      return (await client.eval(leaveScript, 1, prefix + roster, name, holder)) === 1
    },
    async present(roster) {
      const entries = (await client.eval(presentScript, 1, prefix + roster)) as string[]
      return [...new Set(entries.map(nameOf))]
    },
    async lapsed(roster) {
      return (await client.eval(lapsedScript, 1, prefix + roster)) as string[]
    },
  }
}

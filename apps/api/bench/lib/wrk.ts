import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Load {
  url: string
  headers?: Record<string, string>
  connections: number
  seconds: number
}

/** Requests a second that `wrk` (Debian) gets answered with 2xx or 3xx; throws when any was not. Runs on core 1. */
export async function measure(load: Load): Promise<number> {
  const headers = Object.entries(load.headers ?? {}).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const args = ['-c', '1', 'wrk', '-t1', `-c${load.connections}`, `-d${load.seconds}s`, ...headers, load.url]
  const { stdout } = await run('taskset', args)
  const failed = /Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1]
  if (failed) throw new Error(`${failed} requests to ${load.url} were refused`)
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]
  if (!rate) throw new Error(`wrk printed no rate:\n${stdout}`)
  return Number(rate)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** `median (lowest to highest)`, with as many decimals as asked for. */
export function spread(values: readonly number[], decimals = 0): string {
  const text = (value: number) => value.toFixed(decimals)
  return `${text(median(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))})`
}

/** Runs each candidate `rounds` times, in turn, so that whatever else the machine does hits all of them alike. */
export async function interleave(candidates: Record<string, () => Promise<number>>, rounds: number) {
  const results: Record<string, number[]> = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1)
    for (const [name, candidate] of Object.entries(candidates)) results[name]?.push(await candidate())
  return results
}

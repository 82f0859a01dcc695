import type { BaseConfig } from '../template.ts'

/** What a build was made of and what it gave: the way from a photo to a live game can be followed in both directions. */
export interface GameManifest {
  format: 1
  templateId: string
  templateVersion: string
  engineVersion: string
  title: string
  petName: string
  seed: number
  config: BaseConfig
  inputs: { slot: string; digest: string; mimeType: string; bytes: number }[]
  /** Of every file except the manifest itself, by path. */
  files: { path: string; mimeType: string; bytes: number; sha256: string }[]
  /** For the shell's Content-Security-Policy, as `sha256-...` without quotes. */
  scriptHashes: string[]
  styleHashes: string[]
  /** SHA-256 (hex) of the canonical manifest without this field: names everything above, so it addresses the build. */
  digest: string
}

export interface GameFile {
  path: string
  mimeType: string
  bytes: Uint8Array
}

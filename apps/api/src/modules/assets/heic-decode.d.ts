/** `heic-decode` brings no types; this is the part of it that is used. */
declare module 'heic-decode' {
  interface HeicImage {
    width: number
    height: number
    /** RGBA, upright. */
    decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }>
  }
  const decode: { all(options: { buffer: Uint8Array }): Promise<HeicImage[]> }
  export default decode
}

/** One silent frame of MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes, 1152 samples. */
function silentFrame(): Buffer {
  const frame = Buffer.alloc(417)
  frame.writeUInt32BE(0xfffb9064)
  return frame
}

/** ID3v2.3 with a title, as encoders write in front of the sound. */
function id3(title: string): Buffer {
  const text = Buffer.from(`\0${title}`, 'latin1')
  const frame = Buffer.alloc(10)
  frame.write('TIT2', 0, 'latin1')
  frame.writeUInt32BE(text.length, 4)
  const header = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, frame.length + text.length])
  return Buffer.concat([header, frame, text])
}

/** An MP3 of silence with a name in its tags; `frames` of 26.12 ms each. */
export function mp3(frames = 100, title = 'Secret title'): Buffer {
  const trailer = Buffer.alloc(128)
  trailer.write(`TAG${title}`, 'latin1')
  return Buffer.concat([id3(title), ...Array.from({ length: frames }, silentFrame), trailer])
}

/** The same, whose first frame promises more frames than there are: an encoder's file cut at a frame's end. */
export function cutMp3(): Buffer {
  const first = silentFrame()
  first.write('Xing', 36, 'latin1')
  first.writeUInt32BE(1, 40)
  first.writeUInt32BE(500, 44)
  return Buffer.concat([first, ...Array.from({ length: 99 }, silentFrame)])
}

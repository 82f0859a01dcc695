// The IPC channel breaks when the parent ends for whatever reason; a kill -9 leaves no other trace. Without this the
// server would live on and hold its port against the next start.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

import { findBlemishes } from './lib/blemishes.mjs'
import { report, trackedSources } from './lib/tracked.mjs'

const binary = /\.(png|jpe?g|webp|heic|gif|ico|woff2?|mp3|wav|zip|gz|br)$/
report('tree', trackedSources((path) => !binary.test(path)).flatMap(findBlemishes))

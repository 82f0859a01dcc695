import { findBreaches } from './lib/boundaries.mjs'
import { report, trackedSources } from './lib/tracked.mjs'

report('import boundaries', findBreaches(trackedSources((path) => /^(apps|packages)\/.*\.tsx?$/.test(path))))

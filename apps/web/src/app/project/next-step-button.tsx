import { ExternalLink, Eye, Globe, Hammer, ImagePlus, Rocket, Sparkles } from 'lucide-react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { placeOf as whereOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { spriteToolPath } from '../../lib/sprite-path.ts'
import { nextStepOf, type NextStep, type ProjectFacts } from './next-step.ts'

const icons = {
  addPhoto: ImagePlus,
  makeSprite: Sparkles,
  build: Hammer,
  reserve: Globe,
  review: Eye,
  deploy: Rocket,
  open: ExternalLink,
}

/** The next step as the page's one primary button; nothing where the person may not take it. */
export function NextStepButton({ facts }: { facts: ProjectFacts }) {
  const t = useTranslations('projects.page.next')
  const step = nextStepOf(facts)
  const place = whereOf(facts.project)
  const mayDraw = useCan('assets:create', place)
  const mayBuild = useCan('builds:create', place)
  const mayReserve = useCan('urls:create', place)
  const mayWork = useCan('projects:update', place)
  const mayDeploy = useCan('urls:deploy', place)
  const allowed: Record<NextStep, boolean> = {
    addPhoto: mayDraw,
    makeSprite: mayDraw,
    build: mayBuild,
    reserve: mayReserve,
    review: mayWork,
    deploy: mayDeploy,
    open: true,
  }
  if (!allowed[step]) return null
  const Icon = icons[step]
  const live = facts.urls.find(({ status }) => status === 'active')
  return (
    <Button asChild look="primary" size="large">
      {step === 'open' ? (
        <a href={live?.fullUrl} target="_blank" rel="noreferrer">
          <Icon aria-hidden="true" />
          {t(step)}
        </a>
      ) : (
        <Link to={placeOf(step, facts)}>
          <Icon aria-hidden="true" />
          {t(step)}
        </Link>
      )}
    </Button>
  )
}

/** Where a sprite of this project is made: from its newest ready photo, or where photos are added first. */
export function spritePath({ project, photos }: Pick<ProjectFacts, 'project' | 'photos'>): string {
  const photo = photos.find(({ processingStatus }) => processingStatus === 'ready')
  return photo ? spriteToolPath(project.id, photo.id) : `/projects/${project.id}/assets`
}

function placeOf(step: Exclude<NextStep, 'open'>, facts: ProjectFacts): string {
  const base = `/projects/${facts.project.id}`
  if (step === 'makeSprite') return spritePath(facts)
  if (step === 'addPhoto') return `${base}/assets`
  if (step === 'build') return `${base}/builds`
  if (step === 'review') return `${base}/review`
  return step === 'deploy' ? `${base}/address?deploy=1` : `${base}/address`
}

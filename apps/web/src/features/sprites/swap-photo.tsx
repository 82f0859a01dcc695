import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import { useQuery } from '@tanstack/react-query'
import { Images } from 'lucide-react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { spriteToolPath } from '../../lib/sprite-path.ts'
import { spriteQueries } from './api.ts'

interface SwapPhotoProps {
  photo: { id: string; projectId: string }
  /** The sprite that is worked on stays the same one. */
  from: string | null
  recipe: SpriteRecipe
}

/** Takes the recipe to another photo of the project: what was cut, coloured and corrected is done again there. */
export function SwapPhoto({ photo, from, recipe }: SwapPhotoProps) {
  const t = useTranslations('sprites.swap')
  const navigate = useNavigate()
  const photos = useQuery(spriteQueries.ofProject(photo.projectId, 'photo'))
  const others = photos.data?.filter(({ id, urls }) => id !== photo.id && urls.work !== undefined) ?? []
  if (others.length === 0) return null
  return (
    <Menu
      trigger={
        <Button look="quiet" size="small" icon={<Images />} title={t('title')}>
          {t('label')}
        </Button>
      }
    >
      {others.map(({ id, filename, urls }) => (
        <MenuItem
          key={id}
          icon={<img src={urls.thumb} alt="" className="size-8! rounded-[4px] object-cover" />}
          onSelect={() => void navigate(spriteToolPath(photo.projectId, id, from ?? undefined), { state: { recipe } })}
        >
          {filename}
        </MenuItem>
      ))}
    </Menu>
  )
}

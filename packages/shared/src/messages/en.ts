import activity from './en/activity.json' with { type: 'json' }
import apiKeys from './en/apiKeys.json' with { type: 'json' }
import assets from './en/assets.json' with { type: 'json' }
import audit from './en/audit.json' with { type: 'json' }
import auth from './en/auth.json' with { type: 'json' }
import builds from './en/builds.json' with { type: 'json' }
import client from './en/client.json' with { type: 'json' }
import clients from './en/clients.json' with { type: 'json' }
import comments from './en/comments.json' with { type: 'json' }
import common from './en/common.json' with { type: 'json' }
import conversation from './en/conversation.json' with { type: 'json' }
import dashboard from './en/dashboard.json' with { type: 'json' }
import domains from './en/domains.json' with { type: 'json' }
import games from './en/games.json' with { type: 'json' }
import mails from './en/mails.json' with { type: 'json' }
import notifications from './en/notifications.json' with { type: 'json' }
import orders from './en/orders.json' with { type: 'json' }
import people from './en/people.json' with { type: 'json' }
import permissions from './en/permissions.json' with { type: 'json' }
import platform from './en/platform.json' with { type: 'json' }
import profile from './en/profile.json' with { type: 'json' }
import projects from './en/projects.json' with { type: 'json' }
import reviews from './en/reviews.json' with { type: 'json' }
import settings from './en/settings.json' with { type: 'json' }
import sharing from './en/sharing.json' with { type: 'json' }
import sprites from './en/sprites.json' with { type: 'json' }
import sso from './en/sso.json' with { type: 'json' }
import team from './en/team.json' with { type: 'json' }
import urls from './en/urls.json' with { type: 'json' }
import web from './en/web.json' with { type: 'json' }

/**
 * Every English text a person sees, by namespace: SPA, mails and games alike. Values are ICU messages; other languages
 * will be published as objects of this same shape.
 */
export const en = {
  activity,
  apiKeys,
  assets,
  audit,
  auth,
  builds,
  client,
  clients,
  comments,
  common,
  conversation,
  dashboard,
  domains,
  games,
  mails,
  notifications,
  orders,
  people,
  permissions,
  platform,
  profile,
  projects,
  reviews,
  settings,
  sharing,
  sprites,
  sso,
  team,
  urls,
  web,
}
export type Messages = typeof en

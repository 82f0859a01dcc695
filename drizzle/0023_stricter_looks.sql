DROP INDEX "urls_skeleton_key";--> statement-breakpoint
ALTER TABLE "url_redirects" drop column "skeleton";--> statement-breakpoint
ALTER TABLE "url_redirects" ADD COLUMN "skeleton" text GENERATED ALWAYS AS (replace(replace(translate(slug, '0158-', 'olsb'), 'rn', 'm'), 'vv', 'w')) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "urls" drop column "skeleton";--> statement-breakpoint
ALTER TABLE "urls" ADD COLUMN "skeleton" text GENERATED ALWAYS AS (replace(replace(translate(slug, '0158-', 'olsb'), 'rn', 'm'), 'vv', 'w')) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "urls" ADD COLUMN "looks_kept" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Addresses that people have by now stay, also where the stricter rule finds two alike.
UPDATE urls u SET looks_kept = true WHERE u.status <> 'deleted' AND EXISTS (SELECT 1 FROM urls o
  WHERE o.host = u.host AND o.skeleton = u.skeleton AND o.status <> 'deleted' AND (o.created_at, o.id) < (u.created_at, u.id));--> statement-breakpoint
CREATE UNIQUE INDEX "urls_skeleton_key" ON "urls" USING btree ("host","skeleton") WHERE status <> 'deleted' and not looks_kept;
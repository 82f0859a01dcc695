ALTER TABLE "url_redirects" ADD COLUMN "skeleton" text GENERATED ALWAYS AS (replace(replace(translate(slug, '01-', 'ol'), 'rn', 'm'), 'vv', 'w')) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "urls" ADD COLUMN "skeleton" text GENERATED ALWAYS AS (replace(replace(translate(slug, '01-', 'ol'), 'rn', 'm'), 'vv', 'w')) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "urls" ADD COLUMN "indexable" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "urls" ADD COLUMN "warned_days" integer;--> statement-breakpoint
CREATE INDEX "url_redirects_skeleton_idx" ON "url_redirects" USING btree ("host","skeleton");--> statement-breakpoint
CREATE UNIQUE INDEX "urls_skeleton_key" ON "urls" USING btree ("host","skeleton") WHERE status <> 'deleted';
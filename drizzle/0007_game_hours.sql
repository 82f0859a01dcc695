CREATE TABLE "game_hour_referrers" (
	"organization_id" uuid NOT NULL,
	"url_id" uuid NOT NULL,
	"hour" timestamp (6) with time zone NOT NULL,
	"host" text NOT NULL,
	"views" integer NOT NULL,
	CONSTRAINT "game_hour_referrers_organization_id_url_id_hour_host_pk" PRIMARY KEY("organization_id","url_id","hour","host")
);
--> statement-breakpoint
ALTER TABLE "game_hour_referrers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "game_hours" (
	"organization_id" uuid NOT NULL,
	"url_id" uuid NOT NULL,
	"hour" timestamp (6) with time zone NOT NULL,
	"build_id" uuid,
	"views" integer NOT NULL,
	"visitors" integer NOT NULL,
	"plays" integer NOT NULL,
	"finishes" integer NOT NULL,
	"play_seconds" integer NOT NULL,
	"best_score" integer,
	"phone_views" integer NOT NULL,
	"tablet_views" integer NOT NULL,
	"desktop_views" integer NOT NULL,
	CONSTRAINT "game_hours_key" UNIQUE NULLS NOT DISTINCT("organization_id","url_id","hour","build_id")
);
--> statement-breakpoint
ALTER TABLE "game_hours" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "game_stale_days" (
	"organization_id" uuid NOT NULL,
	"url_id" uuid NOT NULL,
	"day" timestamp (6) with time zone NOT NULL,
	"marked_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "game_stale_days_organization_id_url_id_day_pk" PRIMARY KEY("organization_id","url_id","day")
);
--> statement-breakpoint
ALTER TABLE "game_stale_days" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "game_events" ADD COLUMN "device" text;--> statement-breakpoint
ALTER TABLE "game_hour_referrers" ADD CONSTRAINT "game_hour_referrers_organization_id_url_id_urls_organization_id_id_fk" FOREIGN KEY ("organization_id","url_id") REFERENCES "public"."urls"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "game_hours" ADD CONSTRAINT "game_hours_organization_id_url_id_urls_organization_id_id_fk" FOREIGN KEY ("organization_id","url_id") REFERENCES "public"."urls"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "game_stale_days" ADD CONSTRAINT "game_stale_days_organization_id_url_id_urls_organization_id_id_fk" FOREIGN KEY ("organization_id","url_id") REFERENCES "public"."urls"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "game_hours_time_idx" ON "game_hours" USING btree ("organization_id","hour");--> statement-breakpoint
ALTER TABLE "game_events" ADD CONSTRAINT "game_events_device_check" CHECK ("game_events"."device" in ('phone', 'tablet', 'desktop'));--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "game_hour_referrers" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game_hour_referrers" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "game_hours" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game_hours" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "game_stale_days" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game_stale_days" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);
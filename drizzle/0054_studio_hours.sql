CREATE TABLE "game_studio_hours" (
	"organization_id" uuid NOT NULL,
	"hour" timestamp (6) with time zone NOT NULL,
	"views" bigint NOT NULL,
	"plays" bigint NOT NULL,
	"finishes" bigint NOT NULL,
	CONSTRAINT "game_studio_hours_organization_id_hour_pk" PRIMARY KEY("organization_id","hour")
);
--> statement-breakpoint
ALTER TABLE "game_studio_hours" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "game_studio_hours" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game_studio_hours" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);
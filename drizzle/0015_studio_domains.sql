CREATE TABLE "game_domains" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"domain" text NOT NULL,
	"token" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"is_primary" boolean DEFAULT false NOT NULL,
	"verified_at" timestamp (6) with time zone,
	"checked_at" timestamp (6) with time zone,
	"missing_since" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "game_domains_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "game_domains_status_check" CHECK ("game_domains"."status" in ('pending', 'verified', 'lapsed'))
);
--> statement-breakpoint
ALTER TABLE "game_domains" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "hosting_pages" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"link_label" text DEFAULT '' NOT NULL,
	"link_url" text DEFAULT '' NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "hosting_pages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "builds" ADD COLUMN "preview_generation" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "game_domains" ADD CONSTRAINT "game_domains_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hosting_pages" ADD CONSTRAINT "hosting_pages_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "game_domains_own_key" ON "game_domains" USING btree ("organization_id","domain");--> statement-breakpoint
CREATE UNIQUE INDEX "game_domains_verified_key" ON "game_domains" USING btree ("domain") WHERE status = 'verified';--> statement-breakpoint
CREATE UNIQUE INDEX "game_domains_primary_key" ON "game_domains" USING btree ("organization_id") WHERE is_primary;--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "game_domains" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "game_domains" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "hosting_pages" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "hosting_pages" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);
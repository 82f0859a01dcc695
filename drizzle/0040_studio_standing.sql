CREATE TABLE "organization_slugs" (
	"organization_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_slugs_organization_id_slug_pk" PRIMARY KEY("organization_id","slug")
);
--> statement-breakpoint
ALTER TABLE "organization_slugs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "organization_usage" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"members" integer NOT NULL,
	"projects" integer NOT NULL,
	"storage_bytes" bigint NOT NULL,
	"live_games" integer NOT NULL,
	"plays" integer NOT NULL,
	"counted_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organization_usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "erased_addresses" (
	"host" text NOT NULL,
	"slug" text NOT NULL,
	"erased_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erased_addresses_host_slug_pk" PRIMARY KEY("host","slug")
);
--> statement-breakpoint
ALTER TABLE "erased_addresses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "erased_organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"audit_key" text NOT NULL,
	"row_count" bigint NOT NULL,
	"erased_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"files_erased_at" timestamp (6) with time zone
);
--> statement-breakpoint
ALTER TABLE "erased_organizations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "platform_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"action" text NOT NULL,
	"person_id" uuid NOT NULL,
	"person_name" text NOT NULL,
	"studio_id" uuid NOT NULL,
	"studio_name" text NOT NULL,
	"reason" text,
	"detail" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "platform_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "plan" text DEFAULT 'free' NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "logo_key" text;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "order_intro" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "order_thanks" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "suspended_reason" text;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "deletion_scheduled_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "deletion_due_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "acting_organization_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "acting_reason" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "acting_until" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "organization_slugs" ADD CONSTRAINT "organization_slugs_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_usage" ADD CONSTRAINT "organization_usage_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "organization_slugs_slug_key" ON "organization_slugs" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "platform_log_time_idx" ON "platform_log" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "platform_log_studio_idx" ON "platform_log" USING btree ("studio_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_plan_check" CHECK ("organizations"."plan" in ('free', 'starter', 'growth', 'scale'));--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "organization_slugs" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "organization_slugs" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "organization_usage" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "organization_usage" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "erased_read" ON "erased_addresses" AS PERMISSIVE FOR SELECT TO "app" USING (true);--> statement-breakpoint
CREATE POLICY "erased_read" ON "erased_organizations" AS PERMISSIVE FOR SELECT TO "app" USING (true);--> statement-breakpoint
CREATE POLICY "erased_update" ON "erased_organizations" AS PERMISSIVE FOR UPDATE TO "app" USING (true);--> statement-breakpoint
CREATE POLICY "platform_read" ON "platform_log" AS PERMISSIVE FOR SELECT TO "app" USING (exists (select 1 from users u where u.id = nullif(current_setting('app.current_user', true), '')::uuid and u.is_super_admin));
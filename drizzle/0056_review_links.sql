CREATE TABLE "guest_links" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"scope" text NOT NULL,
	"may_download" boolean NOT NULL,
	"token_hash" text NOT NULL,
	"password_hash" text,
	"created_by" uuid NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL,
	"revoked_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "guest_links_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "guest_links_scope_check" CHECK ("guest_links"."scope" in ('view', 'comment', 'approve'))
);
--> statement-breakpoint
ALTER TABLE "guest_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "guest_visits" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"name" text NOT NULL,
	"agent" text NOT NULL,
	"address_hash" text NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL,
	"ended_at" timestamp (6) with time zone,
	"last_seen_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "guest_visits_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "guest_visits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "version_decisions" DROP CONSTRAINT "version_decisions_organization_id_version_id_user_id_pk";--> statement-breakpoint
ALTER TABLE "version_decisions" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "project_id" uuid;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "generation" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "version_decisions" ADD COLUMN "guest_link_id" uuid;--> statement-breakpoint
ALTER TABLE "version_decisions" ADD COLUMN "guest_name" text;--> statement-breakpoint
ALTER TABLE "version_decisions" ADD COLUMN "decider_id" uuid GENERATED ALWAYS AS (coalesce(user_id, guest_link_id)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "version_decisions" ADD CONSTRAINT "version_decisions_organization_id_version_id_decider_id_pk" PRIMARY KEY("organization_id","version_id","decider_id");--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_visits" ADD CONSTRAINT "guest_visits_organization_id_link_id_guest_links_organization_id_id_fk" FOREIGN KEY ("organization_id","link_id") REFERENCES "public"."guest_links"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "guest_links_project_idx" ON "guest_links" USING btree ("organization_id","project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "guest_visits_link_idx" ON "guest_visits" USING btree ("organization_id","link_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
ALTER TABLE "version_decisions" ADD CONSTRAINT "version_decisions_organization_id_guest_link_id_guest_links_organization_id_id_fk" FOREIGN KEY ("organization_id","guest_link_id") REFERENCES "public"."guest_links"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invitations_project_idx" ON "invitations" USING btree ("organization_id","project_id","created_at");--> statement-breakpoint
ALTER TABLE "version_decisions" ADD CONSTRAINT "version_decisions_decider_check" CHECK (num_nonnulls(user_id, guest_link_id) = 1);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "guest_links" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "guest_links" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "guest_visits" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "guest_visits" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);
CREATE TABLE "asset_versions" (
	"organization_id" uuid NOT NULL,
	"asset_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"original_filename" text NOT NULL,
	"mime_type" text NOT NULL,
	"file_size" integer NOT NULL,
	"digest" text,
	"upload_digest" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"files" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"processing_status" text DEFAULT 'pending' NOT NULL,
	"rejection_reason" text,
	"upload_key" text,
	"uploaded_at" timestamp (6) with time zone,
	"uploaded_by" uuid,
	"source_asset_id" uuid,
	"recipe" jsonb,
	"processed_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "asset_versions_organization_id_asset_id_number_pk" PRIMARY KEY("organization_id","asset_id","number"),
	CONSTRAINT "asset_versions_status_check" CHECK ("asset_versions"."processing_status" in ('pending', 'processing', 'ready', 'rejected'))
);
--> statement-breakpoint
ALTER TABLE "asset_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "upload_digest" text;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "focal_x" double precision;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "focal_y" double precision;--> statement-breakpoint
ALTER TABLE "asset_versions" ADD CONSTRAINT "asset_versions_organization_id_asset_id_assets_organization_id_id_fk" FOREIGN KEY ("organization_id","asset_id") REFERENCES "public"."assets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_versions" ADD CONSTRAINT "asset_versions_organization_id_source_asset_id_assets_organization_id_id_fk" FOREIGN KEY ("organization_id","source_asset_id") REFERENCES "public"."assets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "asset_versions_unsettled_idx" ON "asset_versions" USING btree ("organization_id","updated_at") WHERE processing_status in ('pending', 'processing');--> statement-breakpoint
CREATE INDEX "assets_recent_idx" ON "assets" USING btree ("organization_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "assets_upload_digest_idx" ON "assets" USING btree ("organization_id","project_id","upload_digest");--> statement-breakpoint
CREATE INDEX "assets_source_idx" ON "assets" USING btree ("organization_id","source_asset_id");--> statement-breakpoint
CREATE INDEX "assets_unsettled_idx" ON "assets" USING btree ("organization_id","updated_at") WHERE processing_status in ('pending', 'processing');--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "asset_versions" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "asset_versions" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);
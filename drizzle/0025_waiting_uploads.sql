DROP INDEX "upload_tickets_expires_idx";--> statement-breakpoint
CREATE INDEX "asset_versions_waiting_idx" ON "asset_versions" USING btree ("organization_id","created_at") WHERE uploaded_at is null;--> statement-breakpoint
CREATE INDEX "assets_waiting_idx" ON "assets" USING btree ("organization_id","created_at") WHERE uploaded_at is null;--> statement-breakpoint
CREATE INDEX "upload_tickets_expires_idx" ON "upload_tickets" USING btree ("organization_id","expires_at") WHERE used_at is null;